package io.healthchecker.core.registration;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.feed.EventTable;
import io.healthchecker.core.feed.StoredEvent;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.ServiceChange;
import io.healthchecker.core.service.ServiceChangeTable;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.transition.StateChange;
import io.healthchecker.core.transition.TransitionLog;
import io.healthchecker.core.verdict.ServiceState;
import io.healthchecker.core.verdict.ServiceStateTable;
import io.healthchecker.core.verdict.State;
import io.healthchecker.core.verdict.Transition;
import io.healthchecker.core.verdict.TransitionTable;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.TcpProbe;
import io.healthchecker.testing.TestPostgres;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database with one team, and what may be asked of it and done to it. */
public final class Stored {
    public final DataSource database = TestPostgres.freshDatabase();
    public final JdbcClient jdbc = JdbcClient.create(database);
    public final JdbcTransactionManager transactions = new JdbcTransactionManager(database);
    public final TransactionTemplate transaction = new TransactionTemplate(transactions);
    public final Registration registration = new Registration(jdbc, transactions, Ticker.system());
    public final TransitionLog log = new TransitionLog(jdbc, Ticker.system());
    public final ServiceStateTable states = new ServiceStateTable(jdbc);
    public final EventTable events = new EventTable(jdbc);
    public final int team = team("a");

    public int team(String name) {
        return jdbc.sql("INSERT INTO team (name) VALUES (:name) RETURNING id")
                .param("name", name)
                .query(Integer.class)
                .single();
    }

    public NewService wanted(String name, int period, boolean suspend) {
        Definition definition = Definition.of(TcpProbe.of("x", 1)).with(draft -> {
            draft.periodSeconds = period;
            draft.suspend = suspend;
        });
        return new NewService(team, name, Source.REST, null, definition);
    }

    public Service create(String name) {
        return registration.create(wanted(name, 60, false));
    }

    public Service change(Service service, NewService wanted) {
        return registration.change(service.id(), wanted, null).orElseThrow();
    }

    public Service suspend(Service service) {
        return change(service, wanted(service.name(), 60, true));
    }

    public Service resume(Service service) {
        return change(service, wanted(service.name(), 60, false));
    }

    /** As a worker would: locks the state, and records the change if it is one. */
    public void become(Service service, State to) {
        transaction.executeWithoutResult(_ -> {
            ServiceState before = states.lock(List.of(service.id())).getFirst();
            if (before.state() != to) {
                Reason reason =
                        to == State.UP ? Reason.OK : to == State.UNKNOWN ? Reason.STALE : Reason.CONNECT_REFUSED;
                log.record(List.of(new StateChange(before, service.name(), to, 1, reason, null)), List.of());
            }
        });
    }

    public List<ServiceChange> changes(Service service) {
        return new ServiceChangeTable(jdbc).of(service.id());
    }

    /** Transitions of a service, oldest first, as {@code seq from>to}. */
    public List<String> transitions(Service service) {
        return new TransitionTable(jdbc)
                .before(service.id(), Long.MAX_VALUE, 1_000).reversed().stream()
                        .map(Stored::word)
                        .toList();
    }

    private static String word(Transition transition) {
        return "%d %s>%s"
                .formatted(
                        transition.seq(),
                        transition.from().word(),
                        transition.to().word());
    }

    /** Incidents of a service as {@code worst opened_seq-closed_seq}. */
    public List<String> incidents(Service service) {
        return jdbc.sql("""
                        SELECT worst || ' ' || opened_seq || '-' ||
                               CASE WHEN closed_at IS NULL THEN 'open' ELSE coalesce(closed_seq::text, 'removed') END
                          FROM incident WHERE service_id = :id ORDER BY id
                        """).param("id", service.id()).query(String.class).list();
    }

    /** Kinds of the events of a service, in order. */
    public List<String> kinds(Service service) {
        return events.after(0, 10_000).stream()
                .filter(event -> event.serviceId() == service.id())
                .map(StoredEvent::kind)
                .toList();
    }
}
