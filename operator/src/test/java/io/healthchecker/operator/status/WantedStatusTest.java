package io.healthchecker.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.verdict.State;
import io.healthchecker.crds.Condition;
import io.healthchecker.crds.ServiceStatus;
import io.healthchecker.operator.status.Acceptance.Refused;
import io.healthchecker.operator.status.Acceptance.Waiting;
import io.healthchecker.operator.status.StatusSettings.Reporting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WantedStatusTest {
    @ParameterizedTest(name = "accepted and {0}")
    @CsvSource(delimiter = '|', textBlock = """
        UNKNOWN   | NO_RESULT_YET      | Ready=True:Scheduled Healthy=Unknown:NoResultYet
        UP        | OK                 | Ready=True:Scheduled Healthy=True:OK
        DEGRADED  | SLOW               | Ready=True:Scheduled Healthy=True:Slow
        DOWN      | CONNECT_REFUSED    | Ready=True:Scheduled Healthy=False:ConnectRefused
        DOWN      | DNS_NXDOMAIN       | Ready=True:Scheduled Healthy=False:DNSNXDomain
        DOWN      | TLS_EXPIRED        | Ready=True:Scheduled Healthy=False:TLSExpired
        UNKNOWN   | STALE              | Ready=True:Scheduled Healthy=Unknown:Stale
        SUSPENDED | SUSPENDED          | Ready=True:Suspended Healthy=Unknown:Suspended Suspended=True:Suspended
        """)
    void readyNeverFollowsTheTarget(State state, Reason reason, String conditions) {
        ServiceStatus status = status(Given.subject(3, Given.ACCEPTED), Given.seen(state, reason, 60), null);

        assertThat(inShort(status)).isEqualTo(conditions);
        assertThat(status.state()).isEqualTo(state.word());
        assertThat(status.lastTransitionTime()).isEqualTo("2026-11-25T11:59:00Z");
        assertThat(status.observedGeneration()).isEqualTo(3);
        assertThat(status.serviceId()).isEqualTo(4711);
        assertThat(status.dashboardURL()).isEqualTo("https://health.example.com/services/4711");
        assertThat(status.target()).isEqualTo("https://shop.example.com/health");
    }

    @Test
    void whatIsRefusedIsStalledAndHasNoService() {
        ServiceStatus status = status(Given.subject(1, Given.INVALID), SeenState.NONE, null);

        assertThat(inShort(status))
                .isEqualTo("Ready=False:InvalidDefinition Healthy=Unknown:NoResultYet Stalled=True:InvalidDefinition");
        assertThat(ConditionType.READY.in(status).message())
                .isEqualTo("timeoutSeconds is 90; it must be below periodSeconds (60)");
        assertThat(status.serviceId()).isNull();
        assertThat(status.dashboardURL()).isNull();
        assertThat(status.lastTransitionTime()).isNull();
        assertThat(status.state()).isEqualTo("Unknown");
    }

    @Test
    void whatWaitsIsReconciling() {
        ServiceStatus status = status(Given.subject(1, Given.MISSING_SECRET), SeenState.NONE, null);

        assertThat(inShort(status))
                .isEqualTo("Ready=False:SecretNotFound Healthy=Unknown:NoResultYet Reconciling=True:SecretNotFound");
    }

    @Test
    void theVerdictOfAnOlderDefinitionStaysVisible() {
        var older = new Refused(StatusReason.INVALID_DEFINITION, "wrong", 4711L);

        ServiceStatus status =
                status(Given.subject(4, older), Given.seen(State.DOWN, Reason.CONNECT_REFUSED, 60), null);

        assertThat(inShort(status))
                .isEqualTo("Ready=False:InvalidDefinition Healthy=False:ConnectRefused Stalled=True:InvalidDefinition");
        assertThat(status.state()).isEqualTo("Down");
        assertThat(status.serviceId()).isEqualTo(4711);
    }

    @Test
    void theTimeOfAConditionMovesOnlyWhenItsStatusFlips() {
        Subject subject = Given.subject(1, Given.ACCEPTED);
        ServiceStatus up = status(subject, Given.seen(State.UP, Reason.OK, 600), null, Given.ago(500));
        ServiceStatus degraded = status(subject, Given.seen(State.DEGRADED, Reason.SLOW, 300), up, Given.ago(200));
        ServiceStatus down = status(subject, Given.seen(State.DOWN, Reason.TIMEOUT_RESPONSE, 100), degraded, Given.NOW);

        assertThat(since(ConditionType.HEALTHY, degraded)).isEqualTo(Given.ago(600));
        assertThat(since(ConditionType.HEALTHY, down)).isEqualTo(Given.ago(100));
        assertThat(since(ConditionType.READY, down)).isEqualTo(Given.ago(500));
        assertThat(Instant.parse(degraded.lastTransitionTime())).isEqualTo(Given.ago(300));
    }

    @Test
    void whatIsWrittenAlreadySufficesHoweverMuchTimePasses() {
        Subject subject = Given.subject(1, Given.ACCEPTED);
        SeenState seen = Given.seen(State.UP, Reason.OK, 600);
        ServiceStatus current = status(subject, seen, null, Given.ago(500));

        assertThat(WantedStatus.suffices(current, status(subject, seen, current, Given.NOW)))
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void everyChangeThatAPersonWouldActUponIsWritten(Change change) {
        Subject before = Given.subject(1, Given.ACCEPTED);
        ServiceStatus current = status(before, Given.seen(State.UP, Reason.OK, 600), null, Given.ago(500));

        ServiceStatus wanted = status(change.subject, change.seen, current, Given.NOW);

        assertThat(WantedStatus.suffices(current, wanted)).isFalse();
    }

    enum Change {
        GENERATION(Given.subject(2, Given.ACCEPTED), Given.seen(State.UP, Reason.OK, 600)),
        ACCEPTANCE(Given.subject(1, Given.MISSING_SECRET), Given.seen(State.UP, Reason.OK, 600)),
        STATE(Given.subject(1, Given.ACCEPTED), Given.seen(State.DOWN, Reason.CONNECT_REFUSED, 5)),
        DOWN_AND_UP_AGAIN(Given.subject(1, Given.ACCEPTED), Given.seen(State.UP, Reason.OK, 5)),
        TOKEN(
                new Subject(
                        Given.KEY,
                        1,
                        Given.ACCEPTED,
                        new Handled("2026-11-25", null),
                        "https://shop.example.com/health",
                        null),
                Given.seen(State.UP, Reason.OK, 600));

        private final Subject subject;
        private final SeenState seen;

        Change(Subject subject, SeenState seen) {
            this.subject = subject;
            this.seen = seen;
        }
    }

    @Test
    void aStatusThatSpeaksOfANewerGenerationIsLeftAlone() {
        SeenState seen = Given.seen(State.UP, Reason.OK, 600);
        ServiceStatus newer = status(Given.subject(8, Given.ACCEPTED), seen, null);

        assertThat(WantedStatus.suffices(newer, status(Given.subject(7, Given.INVALID), SeenState.NONE, newer)))
                .isTrue();
    }

    @Test
    void conditionsOfOthersDoNotCount() {
        Subject subject = Given.subject(1, Given.ACCEPTED);
        SeenState seen = Given.seen(State.UP, Reason.OK, 600);
        ServiceStatus ours = status(subject, seen, null);
        List<Condition> more = new ArrayList<>(ours.conditions());
        more.add(0, new Condition("example.com/Approved", "True", null, "2026-11-25T11:00:00Z", "Yes", ""));
        ServiceStatus current = new ServiceStatus(
                ours.observedGeneration(),
                more,
                ours.state(),
                ours.lastTransitionTime(),
                ours.target(),
                ours.serviceId(),
                ours.dashboardURL(),
                null,
                null);

        assertThat(WantedStatus.suffices(current, status(subject, seen, current)))
                .isTrue();
    }

    @Test
    void anAbnormalConditionThatIsOverIsNoLongerThere() {
        ServiceStatus current = status(Given.subject(1, Given.MISSING_SECRET), SeenState.NONE, null);

        ServiceStatus wanted = status(Given.subject(1, Given.ACCEPTED), Given.NEW, current);

        assertThat(inShort(wanted)).isEqualTo("Ready=True:Scheduled Healthy=Unknown:NoResultYet");
        assertThat(WantedStatus.suffices(current, wanted)).isFalse();
    }

    @Test
    void whereVerdictsAreNotReportedOnlyAcceptanceIsTold() {
        Subject subject = Given.subject(1, Given.ACCEPTED);
        StatusSettings none = Given.settings(Reporting.NONE);
        ServiceStatus current = WantedStatus.of(subject, SeenState.NONE, null, none, Given.ago(9));
        ServiceStatus later = WantedStatus.of(subject, Given.seen(State.DOWN, Reason.OK, 1), current, none, Given.NOW);

        assertThat(inShort(current)).isEqualTo("Ready=True:Scheduled Healthy=Unknown:NotReported");
        assertThat(current.state()).isNull();
        assertThat(WantedStatus.suffices(current, later)).isTrue();
    }

    @Test
    void aMessageIsBounded() {
        var lengthy = new Waiting(StatusReason.SECRET_NOT_READABLE, "x".repeat(100_000), null);

        ServiceStatus status = status(Given.subject(1, lengthy), SeenState.NONE, null);

        assertThat(ConditionType.READY.in(status).message()).hasSize(4_096).endsWith("…");
    }

    private static ServiceStatus status(Subject subject, SeenState seen, @Nullable ServiceStatus current) {
        return status(subject, seen, current, Given.NOW);
    }

    private static ServiceStatus status(Subject subject, SeenState seen, @Nullable ServiceStatus current, Instant now) {
        return WantedStatus.of(subject, seen, current, Given.settings(), now);
    }

    private static Instant since(ConditionType type, ServiceStatus status) {
        return Instant.parse(type.in(status).lastTransitionTime());
    }

    private static String inShort(ServiceStatus status) {
        return status.conditions().stream()
                .map(c -> "%s=%s:%s".formatted(c.type(), c.status(), c.reason()))
                .collect(Collectors.joining(" "));
    }
}
