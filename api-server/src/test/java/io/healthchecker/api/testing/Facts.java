package io.healthchecker.api.testing;

import io.healthchecker.core.check.CheckPartitionTable;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.CheckResultTable;
import io.healthchecker.core.check.FailureDetailTable;
import io.healthchecker.core.check.Gap;
import io.healthchecker.core.check.GapTable;
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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What happens to services, written as the workers write it. */
public final class Facts {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final CheckPartitionTable partitions;
    private final Registration registration;
    private final TransitionLog log;

    public Facts(DataSource database) {
        var manager = new DataSourceTransactionManager(database);
        this.jdbc = JdbcClient.create(database);
        this.transaction = new TransactionTemplate(manager);
        this.partitions = new CheckPartitionTable(jdbc, manager);
        this.registration = new Registration(jdbc, manager, Ticker.system());
        this.log = new TransitionLog(jdbc, Ticker.system());
    }

    /** A new service, Unknown as all are at first; one event. */
    public long service(int teamId, String name) {
        var definition = Definition.of(TcpProbe.of("192.0.2.1", 443)).with(draft -> {
            draft.periodSeconds = 60;
            draft.labels = Map.of();
        });
        return registration
                .create(new NewService(teamId, name, Source.REST, null, definition))
                .id();
    }

    /** A service changes its state; one event, or two where an incident opens or closes. */
    public void turn(long serviceId, State to) {
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
    public void tell(int teamId, long serviceId, int count, boolean rollBack, double secondsToCommit) {
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
    public long result(long serviceId, long afterMillis) {
        long slot = Ticker.system().epochMillis() / 60_000 * 60_000 + afterMillis;
        result(new Job(serviceId, slot, 1, 1, JobKind.GRID), Outcome.UP, Reason.OK, null);
        return slot;
    }

    /** A result. */
    public void result(Job job, Outcome outcome, Reason reason, @Nullable String detail) {
        var phases = new PhaseTimes(-1, 900, -1, 40_000, 100);
        var result = new CheckResult(job, outcome, reason, 3, 41_250, phases, 200, false, detail);
        partitions.cover(List.of(job.slot()), PartitionWidth.DAY);
        new FailureDetailTable(jdbc).remember(List.of(result));
        new CheckResultTable(jdbc).insert(List.of(result), 1);
    }

    /** Slots without a result. */
    public void gap(long serviceId, long fromSlot, long toSlot, int slots, Reason reason) {
        new GapTable(jdbc).insert(1, List.of(new Gap(serviceId, fromSlot, toSlot, slots, reason)));
    }

    /** Moves the creation of a service into the past, so that it has a history. */
    public void backdate(long serviceId, long millis) {
        jdbc.sql(
                        "UPDATE service_change SET at_ms = at_ms - :millis, effective_ms = effective_ms - :millis WHERE service_id = :id")
                .param("millis", millis)
                .param("id", serviceId)
                .update();
    }

    /** Removes a service. */
    public void remove(int teamId, long serviceId) {
        registration.remove(teamId, serviceId, null);
    }

    public long lastEventId() {
        return jdbc.sql("SELECT last_id FROM event_counter").query(Long.class).single();
    }

    public List<Long> eventIds(int teamId) {
        return jdbc.sql("SELECT id FROM event WHERE team_id = :teamId ORDER BY id")
                .param("teamId", teamId)
                .query((row, number) -> row.getLong("id"))
                .list();
    }

    /** Retention does its work. */
    public void forgetEventsUpTo(long id) {
        jdbc.sql("DELETE FROM event WHERE id <= :id").param("id", id).update();
    }
}
