package io.healthchecker.core.transition;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.feed.Event;
import io.healthchecker.core.feed.EventTable;
import io.healthchecker.core.feed.NewEvent;
import io.healthchecker.core.incident.IncidentTable;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.ServiceState;
import io.healthchecker.core.verdict.ServiceStateTable;
import io.healthchecker.core.verdict.State;
import io.healthchecker.core.verdict.Transition;
import io.healthchecker.core.verdict.TransitionTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Records changes of state with all that they cause. Call it once, last in the transaction that decided them: it locks
 * the event counter.
 */
public final class TransitionLog {
    private final ServiceStateTable states;
    private final TransitionTable transitions;
    private final IncidentTable incidents;
    private final EventTable events;
    private final Ticker ticker;

    public TransitionLog(JdbcClient jdbc, Ticker ticker) {
        this.states = new ServiceStateTable(jdbc);
        this.transitions = new TransitionTable(jdbc);
        this.incidents = new IncidentTable(jdbc);
        this.events = new EventTable(jdbc);
        this.ticker = ticker;
    }

    /**
     * Records at most one change of each of some services, whose states the caller has locked, and events of its own
     * that belong to the same transaction.
     */
    public void record(List<StateChange> changes, List<NewEvent> others) {
        if (changes.isEmpty() && others.isEmpty()) {
            return;
        }
        Instant at = Instant.ofEpochMilli(ticker.epochMillis());
        List<ServiceState> after = new ArrayList<>(changes.size());
        List<NewEvent> told = new ArrayList<>(others);
        List<NewEvent> consequences = new ArrayList<>();
        for (StateChange change : changes) {
            ServiceState state = after(change, at, consequences);
            after.add(state);
            told.add(told(change, state, at));
        }
        if (!after.isEmpty()) {
            states.update(after);
        }
        int firstChange = others.size();
        told.addAll(consequences);
        long firstId = events.draw(told.size());
        if (!changes.isEmpty()) {
            transitions.insert(numbered(changes, after, firstId + firstChange, at));
        }
        events.insert(firstId, told);
    }

    private ServiceState after(StateChange change, Instant at, List<NewEvent> consequences) {
        ServiceState before = change.before();
        long seq = before.transitionSeq() + 1;
        return new ServiceState(
                before.serviceId(),
                before.teamId(),
                change.to(),
                known(change),
                at,
                seq,
                change.reason(),
                change.detail(),
                incident(change, seq, at, consequences));
    }

    private static State known(StateChange change) {
        return switch (change.to()) {
            case UP, DEGRADED, DOWN -> change.to();
            case UNKNOWN, SUSPENDED -> change.before().known();
        };
    }

    private @Nullable Long incident(StateChange change, long seq, Instant at, List<NewEvent> consequences) {
        ServiceState before = change.before();
        Long open = before.incidentId();
        Reason reason = change.reason();
        return switch (change.to()) {
            case DEGRADED, DOWN -> {
                if (open != null) {
                    incidents.worsen(open, change.to(), reason, change.detail());
                    yield open;
                }
                long id = incidents.open(
                        before.teamId(), before.serviceId(), change.to(), reason, change.detail(), at, seq);
                consequences.add(new NewEvent(
                        before.teamId(),
                        before.serviceId(),
                        new Event.IncidentOpened(id, change.service(), change.to(), reason, change.detail(), at)));
                yield id;
            }
            case UP -> {
                if (open != null) {
                    incidents.close(open, at, seq);
                    consequences.add(new NewEvent(
                            before.teamId(), before.serviceId(), new Event.IncidentClosed(open, change.service(), at)));
                }
                yield null;
            }
            case UNKNOWN, SUSPENDED -> open; // nobody can tell whether it is over
        };
    }

    private static NewEvent told(StateChange change, ServiceState after, Instant at) {
        ServiceState before = change.before();
        return new NewEvent(
                after.teamId(),
                after.serviceId(),
                new Event.StateChanged(
                        change.service(),
                        after.transitionSeq(),
                        before.state(),
                        after.state(),
                        before.known(),
                        after.known(),
                        change.slot(),
                        after.reason(),
                        after.detail(),
                        after.incidentId() == null ? before.incidentId() : after.incidentId(),
                        at));
    }

    private static List<Transition> numbered(
            List<StateChange> changes, List<ServiceState> after, long firstEventId, Instant at) {
        List<Transition> numbered = new ArrayList<>(changes.size());
        for (int i = 0; i < changes.size(); i++) {
            StateChange change = changes.get(i);
            ServiceState state = after.get(i);
            numbered.add(new Transition(
                    state.serviceId(),
                    state.transitionSeq(),
                    state.teamId(),
                    change.before().state(),
                    state.state(),
                    change.slot(),
                    change.reason(),
                    change.detail(),
                    firstEventId + i,
                    at));
        }
        return numbered;
    }
}
