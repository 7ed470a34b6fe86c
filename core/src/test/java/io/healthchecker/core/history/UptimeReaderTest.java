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
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Uptime from what is stored. */
class UptimeReaderTest {
    private static final long HOUR = 3_600_000;

    private final org.postgresql.ds.PGSimpleDataSource database = TestPostgres.freshDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final DataSourceTransactionManager manager = new DataSourceTransactionManager(database);
    private final Registration registration = new Registration(jdbc, manager, Ticker.system());
    private final UptimeReader reader = new UptimeReader(jdbc);
    private final long end = Ticker.system().epochMillis() / HOUR * HOUR;

    private NewService wanted(int period, boolean suspended) {
        var definition = Definition.of(TcpProbe.of("192.0.2.1", 443)).with(draft -> {
            draft.periodSeconds = period;
            draft.suspend = suspended;
            draft.labels = Map.of();
        });
        return new NewService(1, "shop", Source.REST, null, definition);
    }

    private long service(int period) {
        jdbc.sql("INSERT INTO team (name) VALUES ('team')").update();
        return registration.create(wanted(period, false)).id();
    }

    /** Moves a change of a service to an instant. */
    private void happened(long id, long version, long at, long delay) {
        jdbc.sql(
                        "UPDATE service_change SET at_ms = :at, effective_ms = :at + :delay WHERE service_id = :id AND version = :version")
                .param("at", at)
                .param("delay", delay)
                .param("id", id)
                .param("version", version)
                .update();
    }

    private void results(long id, Cadence cadence, long from, long to) {
        List<CheckResult> results = new ArrayList<>();
        for (long slot = cadence.slotAfter(from - 1); slot < to; slot += cadence.periodMillis()) {
            results.add(new CheckResult(
                    new Job(id, slot, 1, 1, JobKind.GRID),
                    Outcome.UP,
                    Reason.OK,
                    0,
                    1,
                    PhaseTimes.EMPTY,
                    0,
                    false,
                    null));
        }
        new CheckPartitionTable(jdbc, manager)
                .cover(results.stream().map(result -> result.job().slot()).toList(), PartitionWidth.DAY);
        new CheckResultTable(jdbc).insert(results, 1);
    }

    private Uptime uptime(long id, Window window) {
        return reader.uptime(id, 1, reader.eras(id), window);
    }

    @Test
    void theSuspendedHourIsOutside() {
        long id = service(10);
        registration.change(id, wanted(10, true), null);
        registration.change(id, wanted(10, false), null);
        Cadence cadence = Cadence.of(id, 10_000);
        long born = end - 2 * HOUR;
        happened(id, 1, born, 0);
        happened(id, 2, born + HOUR / 2, 0);
        happened(id, 3, born + HOUR * 3 / 2, 0);
        results(id, cadence, born, born + HOUR / 2);
        results(id, cadence, born + HOUR * 3 / 2, end);
        Uptime uptime = uptime(id, new Window(born, end));
        assertThat(uptime.suspendedMillis()).isEqualTo(HOUR);
        assertThat(uptime.millis()).isEqualTo(2 * HOUR);
        assertThat(uptime.downMillis()).isZero();
        assertThat(uptime.upMillionths()).isEqualTo(1_000_000);
        // before the first slot after birth and after resumption nobody had looked
        assertThat(uptime.unknownMillis()).isLessThan(20_000);
    }

    @Test
    void aLongWindowIsReadInPieces() {
        long id = service(1);
        happened(id, 1, end - 8 * HOUR, 0);
        results(id, Cadence.of(id, 1_000), end - 8 * HOUR, end); // 28 800 results
        Uptime uptime = uptime(id, new Window(end - 7 * HOUR, end));
        assertThat(uptime).isEqualTo(new Uptime(7 * HOUR, 0, 0, 0));
    }

    @Test
    void aRecordedGapIsUnknown() {
        long id = service(60);
        Cadence cadence = Cadence.of(id, 60_000);
        happened(id, 1, end - 3 * HOUR, 0);
        long lost = cadence.slotAfter(end - HOUR);
        results(id, cadence, end - 3 * HOUR, lost);
        results(id, cadence, lost + 600_000, end);
        new GapTable(jdbc).insert(1, List.of(new Gap(id, lost, lost + 540_000, 10, Reason.LOST)));
        assertThat(uptime(id, new Window(end - 2 * HOUR, end)))
                .isEqualTo(new Uptime(2 * HOUR - 600_000, 0, 600_000, 0));
    }
}
