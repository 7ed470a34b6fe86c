package io.healthchecker.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckPartitionTable;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.CheckResultTable;
import io.healthchecker.core.check.Gap;
import io.healthchecker.core.check.GapTable;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PartitionWidth;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.registration.Registration;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.TcpProbe;
import io.healthchecker.testing.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Sums of hours against the results that they are made of. */
class HourSumsTest {
    private static final long HOUR = HourSum.HOUR_MILLIS;
    private static final int HOURS = 9;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final org.postgresql.ds.PGSimpleDataSource database = TestPostgres.freshDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final DataSourceTransactionManager manager = new DataSourceTransactionManager(database);
    private final Registration registration = new Registration(jdbc, manager, Ticker.system());
    private final UptimeReader reader = new UptimeReader(jdbc);
    private final HourSums sums = new HourSums(jdbc);
    private final long end = Ticker.system().epochMillis() / HOUR * HOUR;
    private final long born = end - HOURS * HOUR;
    private final List<CheckResult> waiting = new ArrayList<>();

    @Test
    void uptimeFromSumsIsUptimeFromResults() {
        jdbc.sql("INSERT INTO team (name) VALUES ('team')").update();
        List<Long> services = List.of(service("a", 10), service("b", 60), service("c", 600), service("d", 7_200));
        services.forEach(this::live);
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            long from = born + random.nextLong(3 * HOUR);
            windows.add(new Window(from, from + 1 + random.nextLong(end - from)));
        }
        List<Uptime> fromResults = uptimes(services, windows);

        makeAll(end + HOUR / 2);

        assertThat(settledHours()).isEqualTo(HOURS);
        assertThat(uptimes(services, windows)).as("seed " + seed).isEqualTo(fromResults);
        List<Window> whole = List.of(new Window(born, end));
        List<Uptime> before = uptimes(services, whole);
        deleteResults();
        assertThat(uptimes(services, whole))
                .as("read from sums alone, seed " + seed)
                .isEqualTo(before)
                .allMatch(uptime -> uptime.millis() == HOURS * HOUR);
        assertThat(before.getFirst().known()).as("seed " + seed).isTrue(); // of few checks, all may have told nothing
    }

    @Test
    void sumsOfTheRunningHourAreMadeAgain() {
        jdbc.sql("INSERT INTO team (name) VALUES ('team')").update();
        long id = service("a", 60);
        result(id, end - HOUR + 60_000, Outcome.UP, JobKind.GRID);
        makeAll(end - HOUR / 2);
        result(id, end - HOUR + 120_000, Outcome.DOWN, JobKind.GRID);
        makeAll(end - 1);

        List<HourSum> found = new HourSumTable(jdbc).read(id, 1, HourSum.hourOf(end) - 1, HourSum.hourOf(end));

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().checks()).isEqualTo(2);
        assertThat(found.getFirst().failed()).isEqualTo(1);
        assertThat(found.getFirst().latency().total()).isEqualTo(1);
        assertThat(found.getFirst().phases().connectMicros()).isEqualTo(900);
    }

    @Test
    void onlyOneMakesThemAtATime() {
        var transaction = new TransactionTemplate(manager);
        var another = new TransactionTemplate(manager);
        another.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        transaction.executeWithoutResult(_ -> {
            assertThat(new HourSumTable(jdbc).lock()).isTrue();
            Boolean locked = another.execute(_ -> new HourSumTable(jdbc).lock());
            assertThat(locked).isFalse();
        });
    }

    private long service(String name, int period) {
        var definition = Definition.of(TcpProbe.of("192.0.2.1", 443)).with(draft -> {
            draft.periodSeconds = period;
            draft.labels = Map.of();
        });
        long id = registration
                .create(new NewService(1, name, Source.REST, null, definition))
                .id();
        jdbc.sql("UPDATE service_change SET at_ms = :at, effective_ms = :at WHERE service_id = :id")
                .param("at", born)
                .param("id", id)
                .update();
        return id;
    }

    /** Results of a whole life: most good, some missing, some confirmed, with a recorded gap. */
    private void live(long id) {
        long period = jdbc.sql("SELECT period_ms FROM service_change WHERE service_id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
        Cadence cadence = Cadence.of(id, period);
        for (long slot = cadence.slotAfter(born - 1); slot < end; slot += period) {
            int dice = random.nextInt(40);
            if (dice == 0) {
                continue;
            }
            Outcome outcome = dice < 4 ? Outcome.DOWN : dice < 6 ? Outcome.UNKNOWN : Outcome.UP;
            result(id, slot, outcome, JobKind.GRID);
            if (dice < 3) {
                result(id, slot + 1_000, Outcome.of(1 + random.nextInt(4)), JobKind.CONFIRMATION);
            }
        }
        flush();
        long lost = cadence.slotAfter(born + random.nextLong(4 * HOUR));
        jdbc.sql("DELETE FROM check_result WHERE service_id = :id AND slot BETWEEN :from AND :to")
                .param("id", id)
                .param("from", lost)
                .param("to", lost + 2 * period)
                .update();
        new GapTable(jdbc).insert(1, List.of(new Gap(id, lost, lost + 2 * period, 3, Reason.LOST)));
    }

    private void result(long id, long slot, Outcome outcome, JobKind kind) {
        Reason reason = outcome == Outcome.DOWN ? Reason.CONNECT_REFUSED : Reason.OK;
        var phases = new PhaseTimes(-1, 900, -1, 40_000, 100);
        waiting.add(new CheckResult(new Job(id, slot, 1, 1, kind), outcome, reason, 3, 41_250, phases, 0, false, null));
        if (waiting.size() > 2_000) {
            flush();
        }
    }

    private void flush() {
        new CheckPartitionTable(jdbc, manager)
                .cover(waiting.stream().map(result -> result.job().slot()).toList(), PartitionWidth.DAY);
        new CheckResultTable(jdbc).insert(waiting, 1);
        waiting.clear();
    }

    private List<Uptime> uptimes(List<Long> services, List<Window> windows) {
        return services.stream()
                .flatMap(id -> windows.stream().map(window -> reader.uptime(id, 1, reader.eras(id), window)))
                .toList();
    }

    private void makeAll(long nowMillis) {
        flush();
        boolean more = true;
        while (more) {
            more = Boolean.TRUE.equals(new TransactionTemplate(manager).execute(status -> sums.makeNext(nowMillis)));
        }
    }

    private long settledHours() {
        return jdbc.sql("SELECT final_hour - first_hour FROM service_hour_mark")
                .query(Long.class)
                .single();
    }

    private void deleteResults() {
        jdbc.sql("DELETE FROM check_result").update();
    }
}
