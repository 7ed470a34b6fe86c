package io.healthchecker.api.feed;

import io.healthchecker.core.check.CheckPartitionTable;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.CheckResultTable;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PartitionWidth;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.feed.Event;
import io.healthchecker.core.feed.NewEvent;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.registration.Registration;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.transition.StateChange;
import io.healthchecker.core.transition.TransitionLog;
import io.healthchecker.core.verdict.ServiceState;
import io.healthchecker.core.verdict.ServiceStateTable;
import io.healthchecker.core.verdict.State;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.TcpProbe;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What happens to services, written as the workers write it. */
final class Facts {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final CheckPartitionTable partitions;
    private final Registration registration;
    private final TransitionLog log;

    Facts(DataSource database) {
        var manager = new DataSourceTransactionManager(database);
        this.jdbc = JdbcClient.create(database);
        this.transaction = new TransactionTemplate(manager);
        this.partitions = new CheckPartitionTable(jdbc, manager);
        this.registration = new Registration(jdbc, manager, Ticker.system());
        this.log = new TransitionLog(jdbc, Ticker.system());
    }

    /** A new service, Unknown as all are at first; one event. */
    long service(int teamId, String name) {
        var probe = new TcpProbe("192.0.2.1", 443, null, null, null, null);
        var definition = new Definition(null, probe, 60, null, null, null, null, null, null, Map.of());
        return registration
                .create(new NewService(teamId, name, Source.REST, null, definition))
                .id();
    }

    /** A service changes its state; one event, or two where an incident opens or closes. */
    void turn(long serviceId, State to) {
        transaction.executeWithoutResult(status -> {
            ServiceState before =
                    new ServiceStateTable(jdbc).lock(List.of(serviceId)).getFirst();
            Reason reason = to == State.DOWN ? Reason.CONNECT_REFUSED : Reason.OK;
            log.record(
                    List.of(new StateChange(before, "service " + serviceId, to, 1_767_191_400_000L, reason, null)),
                    List.of());
        });
    }

    /** So many events in one transaction, which takes its time before and after it draws their ids. */
    void tell(int teamId, long serviceId, int count, boolean rollBack, double secondsToCommit) {
        transaction.executeWithoutResult(status -> {
            pause(secondsToCommit);
            List<NewEvent> events = java.util.Collections.nCopies(
                    count, new NewEvent(teamId, serviceId, new Event.ServiceChanged("service " + serviceId, 7)));
            log.record(List.of(), events);
            pause(secondsToCommit);
            if (rollBack) {
                status.setRollbackOnly();
            }
        });
    }

    private void pause(double seconds) {
        jdbc.sql("SELECT pg_sleep(:seconds)").param("seconds", seconds).query().listOfRows();
    }

    /** An UP result of a service, so much after this minute began; returns its slot. */
    long result(long serviceId, long afterMillis) {
        long slot = Ticker.system().epochMillis() / 60_000 * 60_000 + afterMillis;
        var job = new Job(serviceId, slot, 1, 1, JobKind.GRID);
        var result = new CheckResult(
                job, Outcome.UP, Reason.OK, 3, 41_250, new PhaseTimes(-1, 900, -1, 40_000, 100), 200, false, null);
        partitions.cover(List.of(slot), PartitionWidth.DAY);
        new CheckResultTable(jdbc).insert(List.of(result), 1);
        return slot;
    }

    long lastEventId() {
        return jdbc.sql("SELECT last_id FROM event_counter").query(Long.class).single();
    }

    List<Long> eventIds(int teamId) {
        return jdbc.sql("SELECT id FROM event WHERE team_id = :teamId ORDER BY id")
                .param("teamId", teamId)
                .query((row, number) -> row.getLong("id"))
                .list();
    }

    /** Retention does its work. */
    void forgetEventsUpTo(long id) {
        jdbc.sql("DELETE FROM event WHERE id <= :id").param("id", id).update();
    }
}
