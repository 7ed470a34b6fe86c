package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.egress.TeamEgress;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.crds.Definition;
import io.healthchecker.testing.StubServer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TeamEgressTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @AutoClose
    private static final TestProbers probers = TestProbers.standalone();

    private final AtomicReference<TeamEgress.Judge> team = new AtomicReference<>(TeamEgress.ALL.judge());

    @Test
    void whatATeamMayNotDialIsDownByNameAndSeesNoConnection() {
        try (var stub = StubServer.answering(OK)) {
            Check check = check(Wanted.http(stub.url("/")).definition());
            assertThat(run(check).outcome()).isEqualTo(Outcome.UP);
            team.set(rules(List.of("127.0.0.0/8"), List.of(), List.of()));
            CheckResult denied = run(check);
            assertThat(denied.reason()).isEqualTo(Reason.EGRESS_DENIED);
            assertThat(denied.detail())
                    .contains("127.0.0.1:%d is denied by the rule “team deny 127.0.0.0/8”".formatted(stub.port()));
            assertThat(stub.connections()).isEqualTo(1);
        }
    }

    @Test
    void aRedirectIsJudgedLikeTheFirstAddress() {
        try (var other = StubServer.answering(OK);
                var stub = StubServer.answering(
                        "HTTP/1.1 302 Found\r\nLocation: http://localhost:%d/\r\n\r\n".formatted(other.port()))) {
            team.set(rules(List.of(), List.of(Integer.toString(other.port())), List.of()));
            CheckResult denied = run(check(Wanted.http(stub.url("/")).definition()));
            assertThat(denied.reason()).isEqualTo(Reason.EGRESS_DENIED);
            assertThat(denied.detail()).contains("team denyPorts " + other.port());
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void aNameThatIsDeniedIsNotEvenLookedUp() {
        team.set(rules(List.of(), List.of(), List.of("*.invalid")));
        CheckResult denied = run(check(Wanted.tcp("shop.invalid", 443)));
        assertThat(denied.reason()).isEqualTo(Reason.EGRESS_DENIED);
        assertThat(denied.detail()).startsWith("shop.invalid is denied by the rule “team denyHosts *.invalid”");
    }

    private Check check(Definition definition) {
        return probers.probers().prepare(definition, team::get);
    }

    private static CheckResult run(Check check) {
        return check.run(new Job(1, 0, 1, 1, JobKind.MANUAL))
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private static TeamEgress.Judge rules(List<String> deny, List<String> denyPorts, List<String> denyHosts) {
        return new TeamEgress(List.of(), deny, List.of(), denyPorts, List.of(), denyHosts).judge();
    }
}
