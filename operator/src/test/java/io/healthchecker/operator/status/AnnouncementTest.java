package io.healthchecker.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.verdict.State;
import io.healthchecker.crds.ServiceStatus;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnouncementTest {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        UNKNOWN   | NO_RESULT_YET   | UP        | OK              | Normal Up: Everything that was asked for was there.
        UP        | OK              | DOWN      | CONNECT_REFUSED | Warning Down: Nothing listens at the address.
        DOWN      | CONNECT_REFUSED | DOWN      | TIMEOUT_CONNECT | -
        DOWN      | CONNECT_REFUSED | UP        | OK              | Normal Up: Everything that was asked for was there.
        UP        | OK              | UP        | OK              | -
        UP        | OK              | DEGRADED  | SLOW            | Warning Degraded: Passed, but slower than degradedAfterMillis.
        UP        | OK              | UNKNOWN   | STALE           | Warning Unknown: No check has told anything about the service for several periods.
        UP        | OK              | SUSPENDED | SUSPENDED       | Normal Suspended: Checks are suspended.
        SUSPENDED | SUSPENDED       | UNKNOWN   | RESUMED         | Normal Resumed: Checks were resumed; the first result is awaited.
        """)
    void aTransitionIsOneEvent(State from, Reason was, State to, Reason is, @Nullable String event) {
        ServiceStatus before = status(1, Given.ACCEPTED, Given.seen(from, was, 60), null);
        // a suspension is an edit as well
        long generation = from == State.SUSPENDED || to == State.SUSPENDED ? 2 : 1;
        ServiceStatus after = status(generation, Given.ACCEPTED, Given.seen(to, is, 1), before);

        assertThat(told(before, after)).isEqualTo(event == null ? List.of() : List.of(event));
    }

    @Test
    void aNewResourceIsAccepted() {
        assertThat(told(null, status(1, Given.ACCEPTED, Given.NEW, null)))
                .containsExactly("Normal Accepted: The definition is stored and scheduled.");
    }

    @Test
    void aResourceThatWasNeverVisitedIsAccepted() {
        var untouched = new ServiceStatus(-1L, null, null, null, null, null, null, null, null);

        assertThat(told(untouched, status(1, Given.ACCEPTED, Given.NEW, untouched)))
                .containsExactly("Normal Accepted: The definition is stored and scheduled.");
    }

    @Test
    void whatIsRefusedOrMissingIsTold() {
        assertThat(told(null, status(1, Given.INVALID, SeenState.NONE, null)))
                .containsExactly(
                        "Warning InvalidDefinition: timeoutSeconds is 90; it must be below periodSeconds (60)");
        assertThat(told(null, status(1, Given.MISSING_SECRET, SeenState.NONE, null)))
                .containsExactly(
                        "Warning SecretNotFound: Secret checkout-probe does not exist; create it in this namespace");
    }

    @Test
    void aHandledTokenIsNotNews() {
        SeenState up = Given.seen(State.UP, Reason.OK, 60);
        ServiceStatus before = status(1, Given.ACCEPTED, up, null);
        var asked = new Subject(Given.KEY, 1, Given.ACCEPTED, new Handled("now", "now"), "tcp://a:1", null);

        assertThat(told(before, WantedStatus.of(asked, up, before, Given.settings(), Given.NOW)))
                .isEmpty();
    }

    private static ServiceStatus status(
            long generation, Acceptance acceptance, SeenState seen, @Nullable ServiceStatus current) {
        return WantedStatus.of(Given.subject(generation, acceptance), seen, current, Given.settings(), Given.NOW);
    }

    private static List<String> told(@Nullable ServiceStatus before, ServiceStatus after) {
        return Announcement.between(before, after).stream()
                .map(event ->
                        "%s %s: %s".formatted(event.warning() ? "Warning" : "Normal", event.reason(), event.note()))
                .collect(Collectors.toList());
    }
}
