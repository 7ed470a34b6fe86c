package io.healthchecker.api.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.system.Shortfall.Kind;
import io.healthchecker.api.system.SystemView.Checks;
import io.healthchecker.api.system.SystemView.ClusterView;
import io.healthchecker.api.system.SystemView.LocationView;
import io.healthchecker.api.system.SystemView.QueueView;
import io.healthchecker.api.system.SystemView.Schedulers;
import io.healthchecker.api.system.SystemView.StreamView;
import io.healthchecker.api.system.SystemView.WorkerView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the figures together say: whether all is well, and whether services can be known. */
class VerdictTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            256 | 0.2  | 3     | 0     | On time: lateness p50 2 ms, p99 3 ms; 10.0 checks/s; none missed. | -
            256 | 10.0 | 2000  | 10000 | On time: lateness p50 2 ms, p99 2000 ms; 10.0 checks/s; none missed. | -
            200 | 0.2  | 3     | 0     | In trouble: 56 of 256 shards are not scheduled. | schedulers
            256 | 12.0 | 3     | 0     | In trouble: jobs have waited for 12 s. | queue
            256 | 0.2  | 48000 | 0     | In trouble: checks are late, p99 48000 ms. | lateness
            256 | 0.2  | 3     | 12000 | In trouble: 12000 results wait to be written by one worker. | backlog
            """)
    void oneSentenceSaysWhatNeedsALook(
            int shards, double oldest, int lateness, int backlog, String sentence, @Nullable String trouble) {
        Verdict verdict = verdict(
                shards,
                oldest,
                checks(Map.of(), at("sin", lateness, Map.of(), 0)),
                List.of(worker("sin", true, backlog)),
                3);

        assertThat(verdict.sentence()).isEqualTo(sentence);
        assertThat(verdict.good()).isEqualTo(trouble == null);
        assertThat(verdict.troubles()).isEqualTo(trouble == null ? List.of() : List.of(trouble));
    }

    @Test
    void troublesAreNamedTogetherAndByTheNamesOfTheirFigures() {
        Verdict verdict = verdict(
                256,
                0,
                checks(Map.of("SHED", 40L), at("sin", 3, Map.of("LATE", 2L, "PROBE_NOT_SUPPORTED", 7L), 0)),
                List.of(worker("sin", false, 0)),
                1_200);

        assertThat(verdict.troubles()).containsExactly("workers", "missed", "unknown", "database");
        assertThat(verdict.sentence())
                .contains(
                        "no worker is alive",
                        "40 checks a minute are missed",
                        "2 results a minute are Unknown",
                        "PostgreSQL takes 1200 ms to answer");
    }

    @Test
    void whatCannotBeSeenIsNoTroubleOfAnythingElse() {
        Verdict verdict = Verdict.of(
                new Figure<>(null, NOON, null),
                known(List.of()),
                known(List.of()),
                known(checks(Map.of())),
                known(List.<ClusterView>of()),
                known(3.0),
                known(3.0));

        assertThat(verdict.troubles()).containsExactly("sight");
        assertThat(verdict.sentence()).isEqualTo("Unknown since 2026-01-01T12:00:00Z: not everything can be seen.");
    }

    @Test
    void servicesThatAreUnknownSinceChecksAreLateAreTold() {
        Checks checks = checks(
                Map.of(),
                at("fra", 3, Map.of(), 0),
                at("iad", 3, Map.of("NO_CONNECTIVITY", 9L, "LATE", 1L), 3),
                at("sin", 48_000, Map.of("LATE", 20L), 214));

        assertThat(Shortfall.of(
                        known(List.of(worker("fra", true, 0), worker("iad", true, 0), worker("sin", true, 0))),
                        known(checks)))
                .containsExactly(
                        new Shortfall(Kind.LATE, "sin", null, 48_000, null, 214),
                        new Shortfall(Kind.UNTOLD, "iad", null, null, "NO_CONNECTIVITY", 3));
    }

    @Test
    void aLocationWithoutAWorkerIsToldWithSinceWhen() {
        Checks checks = checks(Map.of(), at("sin", null, Map.of(), 214));

        assertThat(Shortfall.of(known(List.of(worker("fra", true, 0), worker("sin", false, 0))), known(checks)))
                .containsExactly(new Shortfall(Kind.STOPPED, "sin", NOON, null, null, 214));
        assertThat(Shortfall.of(known(List.of()), known(checks(Map.of(), at("sin", null, Map.of(), 0)))))
                .as("before any service is Unknown")
                .containsExactly(new Shortfall(Kind.STOPPED, null, null, null, null, 0));
    }

    @Test
    void withoutTheDatabaseNothingIsKnown() {
        assertThat(Shortfall.of(new Figure<>(NOON, NOON, null), new Figure<>(NOON, NOON, null)))
                .containsExactly(new Shortfall(Kind.BLIND, null, NOON, null, null, 0));
    }

    @Test
    void whileEveryServiceCanBeKnownNothingIsTold() {
        assertThat(Shortfall.of(
                        known(List.of(worker("sin", true, 0))), known(checks(Map.of(), at("sin", 9_000, Map.of(), 0)))))
                .as("late, and all is known")
                .isEmpty();
        assertThat(Shortfall.of(
                        known(List.of()), known(new Checks(0, null, null, Map.of(), 0, Map.of(), List.of(), 0, 0))))
                .as("no services")
                .isEmpty();
    }

    private static Verdict verdict(
            int shards, double oldest, Checks checks, List<WorkerView> workers, double databaseMillis) {
        var stream = new StreamView(oldest, 1, 0);
        return Verdict.of(
                known(new Schedulers(List.of(), shards, 256 - shards, 0, 0)),
                known(workers),
                known(List.of(new QueueView(0, new StreamView(0, 0, 0), stream))),
                known(checks),
                known(List.<ClusterView>of()),
                known(databaseMillis),
                known(0.4));
    }

    private static <T> Figure<T> known(T value) {
        return new Figure<>(NOON, null, value);
    }

    private static WorkerView worker(String location, boolean alive, int backlog) {
        return new WorkerView("worker-" + location, location, "1", NOON, NOON, alive, 0, 1_000, backlog, 3L, null);
    }

    private static LocationView at(String name, @Nullable Integer lateness, Map<String, Long> unknown, long services) {
        return new LocationView(name, 10, lateness, unknown, Map.of(), services);
    }

    /** Of one or more locations, the last of which is the latest. */
    private static Checks checks(Map<String, Long> missed, LocationView... locations) {
        LocationView last = locations.length == 0 ? at("sin", 3, Map.of(), 0) : locations[locations.length - 1];
        long ours = last.unknown().getOrDefault("LATE", 0L);
        return new Checks(10, 2, last.latenessP99Millis(), last.unknown(), ours, missed, List.of(locations), 300, 300);
    }
}
