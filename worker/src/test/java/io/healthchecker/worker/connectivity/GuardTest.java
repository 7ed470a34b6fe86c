package io.healthchecker.worker.connectivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.worker.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    private static final Job JOB = new Job(1, 1_000, 1, 1, JobKind.GRID);

    private final HandClock clock = new HandClock();
    private final AtomicInteger asked = new AtomicInteger();
    private Reason ofWitness = Reason.OK;
    private final Witnesses witnesses = new Witnesses(
            new ConnectivitySettings(List.of("https://a.test/", "tcp://192.0.2.1:443")),
            _ -> {
                asked.incrementAndGet();
                return CompletableFuture.completedFuture(result(ofWitness));
            },
            clock);

    @ParameterizedTest(name = "{0}, witnesses {1}: {2}")
    @CsvSource({
        "CONNECT_REFUSED, OK, CONNECT_REFUSED",
        "CONNECT_REFUSED, ASSERTION_FAILED, CONNECT_REFUSED",
        "CONNECT_REFUSED, TIMEOUT_CONNECT, NO_CONNECTIVITY",
        "TIMEOUT_CONNECT, CONNECT_UNREACHABLE, NO_CONNECTIVITY",
        "DNS_FAILED, DNS_FAILED, NO_CONNECTIVITY",
        "ASSERTION_FAILED, TIMEOUT_CONNECT, ASSERTION_FAILED",
        "EGRESS_DENIED, TIMEOUT_CONNECT, EGRESS_DENIED",
        "OK, TIMEOUT_CONNECT, OK"
    })
    void aFailureCountsOnlyIfAWitnessIsReached(Reason seen, Reason witness, Reason told) {
        ofWitness = witness;
        CheckResult result = judged(seen);
        assertThat(result.reason()).isEqualTo(told);
        if (told == Reason.NO_CONNECTIVITY) {
            assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(result.detail())
                    .isEqualTo("this worker reached none of its witnesses; it saw %s: at 192.0.2.7".formatted(seen));
            assertThat(witnesses.cutOffMillis()).isNotNull();
        }
    }

    @Test
    void manyFailuresAskOnceASecond() {
        for (int i = 0; i < 100; i++) {
            judged(Reason.CONNECT_REFUSED);
        }
        assertThat(asked.get()).isEqualTo(2);
        clock.advance(Duration.ofMillis(1_001));
        ofWitness = Reason.TIMEOUT_CONNECT;
        assertThat(judged(Reason.CONNECT_REFUSED).reason()).isEqualTo(Reason.NO_CONNECTIVITY);
        assertThat(asked.get()).isEqualTo(4);
        clock.advance(Duration.ofMillis(1_001));
        ofWitness = Reason.OK;
        judged(Reason.CONNECT_REFUSED);
        assertThat(witnesses.cutOffMillis()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.test", "ftp://a.test/", "tcp://a.test"})
    void aWitnessHasToBeAnAddress(String address) {
        assertThatThrownBy(() -> new ConnectivitySettings(List.of(address)))
                .hasMessageStartingWith("hc.connectivity.witnesses has \"" + address);
    }

    private CheckResult judged(Reason seen) {
        return new Guard(_ -> CompletableFuture.completedFuture(result(seen)), witnesses)
                .start(JOB)
                .toCompletableFuture()
                .join();
    }

    private static CheckResult result(Reason reason) {
        return new CheckResult(
                JOB,
                reason == Reason.OK ? Outcome.UP : Outcome.DOWN,
                reason,
                0,
                1_000,
                PhaseTimes.EMPTY,
                0,
                false,
                reason == Reason.OK ? null : "at 192.0.2.7");
    }
}
