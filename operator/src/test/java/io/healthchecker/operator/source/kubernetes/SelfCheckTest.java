package io.healthchecker.operator.source.kubernetes;

import static io.healthchecker.operator.source.kubernetes.Resources.http;
import static io.healthchecker.operator.source.kubernetes.Resources.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.HealthCheckService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SelfCheckTest {
    private final AtomicLong now = new AtomicLong(1);
    private final Ledger ledger = new Ledger();
    private final SelfCheck check = new SelfCheck(ledger, new Ticker() {
        @Override
        public long epochMillis() {
            return 0;
        }

        @Override
        public long nanoTime() {
            return now.get();
        }
    });
    private final HealthCheckService newest = resource("shop", "checkout", "u1", 2, http("http://shop/"));

    @Test
    void whatIsNotDealtWithIsAskedForAgainAndThenSaid() {
        ledger.handled("u1", 1);
        assertThat(look(false).neglected()).as("it just came").isEmpty();
        assertThat(look(false).neglected()).containsExactly(newest);
        now.addAndGet(Duration.ofSeconds(119).toNanos());
        assertThat(look(false).isWell()).isTrue();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(look(false).isWell()).isFalse();

        ledger.handled("u1", 2);
        assertThat(look(false)).isEqualTo(new SelfCheck.Look(true, List.of()));
    }

    @Test
    void whoHasAnExcuseStartsOver() {
        look(false);
        now.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(look(true).isWell()).isTrue();
        assertThat(look(false).isWell()).isTrue();
        assertThat(look(false).isWell()).isTrue();
    }

    private SelfCheck.Look look(boolean excused) {
        return check.look(List.of(newest), () -> excused);
    }
}
