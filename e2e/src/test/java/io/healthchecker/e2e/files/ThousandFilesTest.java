package io.healthchecker.e2e.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.e2e.Product;
import io.healthchecker.testing.Invariants;
import io.healthchecker.testing.ProcessUsage;
import io.healthchecker.testing.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A directory of a thousand files is watched, touched, rewritten and half written, and the checks go on. How long all
 * is quiet before is a property, in seconds: {@code -Dhc.e2e.steady=180} for the full one.
 */
class ThousandFilesTest {
    private static final int FILES = 1_000;
    private static final int PERIOD = 10;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int STEADY = Integer.getInteger("hc.e2e.steady", 30);
    // of checks that happen to be under way
    private static final int SOCKETS = 60;
    private static final long MEGABYTE = 1_000_000;

    @TempDir
    Path directory;

    @Test
    void everyFileIsCheckedOnTimeWhateverHappensToTheOthers() throws IOException {
        Path checks = Files.createDirectory(directory.resolve("checks"));
        try (Product product = Product.in(directory);
                Target target = Target.answering((path, number) -> dead(path) ? 500 : 200)) {
            for (int i = 0; i < FILES; i++) {
                write(checks, i, target.url("/" + i));
            }
            long pid =
                    product.everything("--checks", checks.toString()).process().pid();
            Invariants invariants = product.invariants();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> invariants.number("SELECT count(*) FROM service WHERE deleted_at IS NULL") == FILES);
            await().atMost(SOON)
                    .until(() -> invariants.number("SELECT count(DISTINCT service_id) FROM check_result") == FILES);
            await().atMost(SOON)
                    .until(() -> invariants.number("SELECT count(*) FROM service_state WHERE state = 3") == 20);
            long from = System.currentTimeMillis();
            int sevenBefore = target.requests("/7");
            await().pollDelay(Duration.ofSeconds(STEADY))
                    .atMost(Duration.ofSeconds(STEADY + 60L))
                    .until(() -> true);
            int asked = target.requests("/7") - sevenBefore;
            int expected = (int) (System.currentTimeMillis() - from) / 1_000 / PERIOD;
            assertThat(asked).isBetween(expected - 1, expected + 1);

            int filesOpen = ProcessUsage.openFiles(pid);
            long resident = ProcessUsage.of(pid).residentBytes();
            for (int i = 0; i < 200; i++) {
                Files.setLastModifiedTime(checks.resolve(i + ".yaml"), FileTime.from(Instant.now()));
            }
            Path renamed = Files.writeString(directory.resolve("new.yaml"), document(500, target.url("/rewritten")));
            Files.move(renamed, checks.resolve("500.yaml"), StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(
                    checks.resolve("501.yaml"), document(501, target.url("/x")).substring(0, 90));

            await().atMost(SOON).until(() -> target.requests("/rewritten") > 0);
            int half = target.requests("/501");
            await().atMost(SOON).until(() -> target.requests("/501") > half + 1);
            assertThat(invariants.number("SELECT count(*) FROM service WHERE deleted_at IS NULL"))
                    .isEqualTo(FILES);
            assertThat(invariants.number("SELECT count(*) FROM service WHERE version > 1"))
                    .isEqualTo(1);
            assertThat(invariants.number("SELECT count(*) FROM service_state WHERE state = 3"))
                    .isEqualTo(20);
            long to = System.currentTimeMillis() - 5_000;
            await().atMost(SOON).until(() -> invariants.holes(from, to).isEmpty());
            assertThat(invariants.duplicates()).isEmpty();
            report(invariants, from, to, resident, ProcessUsage.of(pid).residentBytes());
            assertThat(ProcessUsage.openFiles(pid)).isLessThan(filesOpen + SOCKETS);
            assertThat(ProcessUsage.of(pid).residentBytes()).isLessThan(resident + 150 * MEGABYTE);
        }
    }

    private static void report(Invariants invariants, long from, long to, long before, long after) {
        System.out.printf(
                "%d files, period %d s: lateness p99 %d ms; resident %d MB before, %d MB after%n",
                FILES, PERIOD, invariants.number("""
                        SELECT percentile_disc(0.99) WITHIN GROUP (ORDER BY lateness_ms)
                          FROM check_result WHERE slot BETWEEN ? AND ?
                        """, from, to), before / MEGABYTE, after / MEGABYTE);
    }

    private static boolean dead(String path) {
        // twenty of them; 500 is the one that is rewritten
        return path.equals("/499") || (path.matches("/\\d*[05]0|/0") && !path.equals("/500"));
    }

    private static void write(Path checks, int number, String url) throws IOException {
        Files.writeString(checks.resolve(number + ".yaml"), document(number, url));
    }

    private static String document(int number, String url) {
        return """
                apiVersion: healthchecker.io/v1alpha1
                kind: HealthCheckService
                metadata:
                  name: service-%d
                spec:
                  http:
                    url: %s
                  periodSeconds: %d
                """.formatted(number, url, PERIOD);
    }
}
