package io.healthchecker.e2e.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.e2e.Product;
import io.healthchecker.e2e.Product.Started;
import io.healthchecker.testing.Invariants;
import io.healthchecker.testing.Target;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After edits, and the death of the leader between them, one schedule is left: that of the newest definition. The size is
 * by properties: {@code -Dhc.e2e.edits=30 -Dhc.e2e.period=10 -Dhc.e2e.counted=120} for the full one.
 */
class EditsTest {
    private static final int EDITS = Integer.getInteger("hc.e2e.edits", 12);
    private static final int PERIOD = Integer.getInteger("hc.e2e.period", 2);
    private static final Duration COUNTED = Duration.ofSeconds(Integer.getInteger("hc.e2e.counted", 12));
    private static final Duration BETWEEN_EDITS = Duration.ofMillis(PERIOD * 100L);

    @TempDir
    Path directory;

    @Test
    void anEditedResourceIsCheckedByItsNewestDefinitionAlone() {
        Declared declared = Declared.in(TestKubernetes.shared());
        try (Target target = Target.answering((_, _) -> 200);
                Product product = declared.followedBy(Product.in(directory))) {
            Started first = product.start("operator", "operator-1").awaitReady();
            await().atMost(Duration.ofSeconds(60)).until(() -> leads(first));
            Started second = product.start("operator", "operator-2");
            Started worker = product.start("worker", "worker-1");
            List.of(second, worker).forEach(Started::awaitReady);
            declared.apply("edited", target.url("/b"), PERIOD);
            await().atMost(Duration.ofSeconds(60)).until(() -> declared.isIn("edited", "Up"));

            for (int i = 1; i <= EDITS; i++) {
                boolean last = i % 2 == 0;
                declared.apply("edited", target.url(last ? "/b" : "/a"), last ? PERIOD : PERIOD + 1);
                if (i == EDITS / 2) {
                    first.process().kill();
                }
                passes(BETWEEN_EDITS);
            }
            assertThat(declared.live("edited").getSpec().http().url()).isEqualTo(target.url("/b"));
            Invariants invariants = product.invariants();
            await().atMost(Duration.ofSeconds(60)).until(() -> isApplied(declared.live("edited"), invariants));
            passes(Duration.ofSeconds(PERIOD + 1)); // jobs of the old grid end, the new one begins
            long from = System.currentTimeMillis();
            int before = target.requests("/b");
            int beforeOld = target.requests("/a");
            String version = declared.live("edited").getMetadata().getResourceVersion();

            passes(COUNTED);

            int asked = target.requests("/b") - before;
            long to = System.currentTimeMillis();
            int expected = (int) (to - from) / 1_000 / PERIOD;
            assertThat(asked).as("no second schedule asks").isLessThan(2 * expected - 1);
            assertThat(target.requests("/a") - beforeOld).isZero();
            assertThat(declared.live("edited").getMetadata().getResourceVersion())
                    .as("nothing turned, so nothing was written")
                    .isEqualTo(version);
            assertThat(invariants.duplicates()).isEmpty();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> invariants.holes(from, to).isEmpty());
            assertThat(slots(invariants, from, to)).isBetween(expected - 1L, expected + 1L);
            assertThat(invariants.number("SELECT count(*) FROM service")).isEqualTo(1);
            assertThat(leads(second)).isTrue();
        }
    }

    /** Slots that were checked, or left out with a reason since the machine was busy. */
    private static long slots(Invariants invariants, long from, long to) {
        return invariants.number("""
                SELECT (SELECT count(*) FROM check_result WHERE slot BETWEEN ? AND ?)
                     + (SELECT coalesce(sum(slots), 0) FROM gap WHERE from_slot >= ? AND to_slot <= ?)
                """, from, to, from, to);
    }

    private static boolean leads(Started operator) {
        return operator.process().output().contains("resources are applied");
    }

    private static boolean isApplied(HealthCheckService resource, Invariants invariants) {
        return Objects.equals(
                        resource.getMetadata().getGeneration(),
                        resource.getStatus().observedGeneration())
                && invariants.number("SELECT generation FROM kubernetes_service")
                        == resource.getMetadata().getGeneration();
    }

    private static void passes(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await().atMost(time.plusSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> System.nanoTime() > end);
    }
}
