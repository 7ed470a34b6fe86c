package io.healthchecker.core.registration;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.feed.Event;
import io.healthchecker.core.feed.NewEvent;
import io.healthchecker.core.incident.IncidentTable;
import io.healthchecker.core.secret.ServiceSecretTable;
import io.healthchecker.core.service.DefinitionRules;
import io.healthchecker.core.service.InvalidDefinition;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.ServiceChange;
import io.healthchecker.core.service.ServiceChange.Op;
import io.healthchecker.core.service.ServiceChangeTable;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.service.Violation;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.transition.StateChange;
import io.healthchecker.core.transition.TransitionLog;
import io.healthchecker.core.verdict.LocationVerdictTable;
import io.healthchecker.core.verdict.ServiceState;
import io.healthchecker.core.verdict.ServiceStateTable;
import io.healthchecker.core.verdict.State;
import io.healthchecker.crds.Definition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Creates, changes and removes services, for every source alike. Each call is one transaction, or joins the one that is
 * open; the caller publishes a wake-up after it committed.
 */
public final class Registration {
    private final TransactionTemplate transaction;
    private final ServiceTable services;
    private final ServiceChangeTable changes;
    private final ServiceStateTable states;
    private final LocationVerdictTable verdicts;
    private final IncidentTable incidents;
    private final ServiceSecretTable secrets;
    private final TransitionLog log;
    private final Ticker ticker;

    public Registration(JdbcClient jdbc, PlatformTransactionManager transactions, Ticker ticker) {
        this.transaction = new TransactionTemplate(transactions);
        this.services = new ServiceTable(jdbc);
        this.changes = new ServiceChangeTable(jdbc);
        this.states = new ServiceStateTable(jdbc);
        this.verdicts = new LocationVerdictTable(jdbc);
        this.incidents = new IncidentTable(jdbc);
        this.secrets = new ServiceSecretTable(jdbc);
        this.log = new TransitionLog(jdbc, ticker);
        this.ticker = ticker;
    }

    /**
     * Adds a service.
     *
     * @throws InvalidDefinition if anything in it is wrong
     * @throws NameTaken if its team has a service of that name
     */
    public Service create(NewService wanted) {
        return create(List.of(wanted)).getFirst();
    }

    /**
     * Adds services: all of them, or none.
     *
     * @throws InvalidDefinition if anything in one of them is wrong
     * @throws NameTaken if the team of one of them has a service of that name
     */
    public List<Service> create(List<NewService> wanted) {
        wanted.forEach(Registration::refuseInvalid);
        return transaction.execute(status -> {
            List<Service> created = wanted.stream().map(this::insert).toList();
            log.record(
                    List.of(),
                    created.stream()
                            .map(service -> new NewEvent(
                                    service.teamId(),
                                    service.id(),
                                    new Event.ServiceCreated(service.name(), service.version())))
                            .toList());
            return created;
        });
    }

    private Service insert(NewService wanted) {
        Service service = named(wanted.name(), () -> services.insert(wanted));
        boolean suspended = wanted.definition().suspended();
        changes.append(service, Op.CREATED);
        states.insert(service.id(), suspended ? State.SUSPENDED : State.UNKNOWN, reason(wanted.definition()));
        return service;
    }

    private static Reason reason(Definition wanted) {
        if (wanted.suspended()) {
            return Reason.SUSPENDED;
        }
        return wanted.heartbeat() == null ? Reason.NO_RESULT_YET : Reason.HEARTBEAT_AWAITED;
    }

    /**
     * Changes a service to what is wanted; does nothing if it is that already. Who calls it has to be its owner, or to
     * adopt it: source and owner are part of what is wanted.
     *
     * @param expectedVersion the version that the change is based on, null for any
     * @return the service as it is now; empty if it does not live in that team
     * @throws InvalidDefinition if anything in it is wrong
     * @throws NameTaken if its team has another service of that name
     * @throws VersionConflict if another version is stored
     */
    public Optional<Service> change(long id, NewService wanted, @Nullable Long expectedVersion) {
        refuseInvalid(wanted);
        return transaction.execute(status -> services.lock(id)
                .filter(service -> service.teamId() == wanted.teamId())
                .map(before -> {
                    refuseOutdated(before, expectedVersion);
                    return same(before, wanted) ? before : apply(before, wanted);
                }));
    }

    /**
     * Changes a service to what is wanted, and gives it a new version even if it is that already: something that its
     * definition refers to is different now.
     *
     * @return the service as it is now; empty if it does not live in that team
     * @throws InvalidDefinition if anything in it is wrong
     * @throws NameTaken if its team has another service of that name
     */
    public Optional<Service> renew(long id, NewService wanted) {
        refuseInvalid(wanted);
        return transaction.execute(status -> services.lock(id)
                .filter(service -> service.teamId() == wanted.teamId())
                .map(before -> apply(before, wanted)));
    }

    /**
     * Removes a service; its history stays.
     *
     * @return whether it lived in that team
     * @throws VersionConflict if another version is stored
     */
    public boolean remove(int teamId, long id, @Nullable Long expectedVersion) {
        return Boolean.TRUE.equals(transaction.execute(status -> services.lock(id)
                .filter(service -> service.teamId() == teamId)
                .map(before -> {
                    refuseOutdated(before, expectedVersion);
                    remove(before);
                    return true;
                })
                .orElse(false)));
    }

    /**
     * Moves a service to another owner, and makes it what that one wants. Its id, state, schedule and history stay. A
     * custom resource takes over what belongs to REST or to a file; REST takes over anything (docs/decisions/0013).
     *
     * @param expectedVersion the version that the change is based on, null for any
     * @return the service as it is now; empty if it does not live in that team
     * @throws InvalidDefinition if anything in it is wrong, such as a Secret of Kubernetes where it is no longer there
     * @throws NameTaken if its team has another service of that name
     * @throws VersionConflict if another version is stored
     * @throws OwnedElsewhere if it belongs to another custom resource
     */
    public Optional<Service> adopt(long id, NewService wanted, @Nullable Long expectedVersion) {
        return transaction.execute(status -> services.lock(id)
                .filter(service -> service.teamId() == wanted.teamId())
                .flatMap(before -> {
                    if (before.source() == wanted.source() && !Objects.equals(before.owner(), wanted.owner())) {
                        throw new OwnedElsewhere(before);
                    }
                    Optional<Service> adopted = change(id, wanted, expectedVersion);
                    if (wanted.source() != Source.KUBERNETES) {
                        secrets.replace(id, Map.of()); // what no reference leads to is not kept
                    }
                    return adopted;
                }));
    }

    private void remove(Service before) {
        Service removed = services.remove(before.id()).orElseThrow();
        changes.append(removed, Op.DELETED);
        List<NewEvent> events = new ArrayList<>();
        for (ServiceState state : states.lock(List.of(before.id()))) {
            if (state.incidentId() != null) {
                Instant now = Instant.ofEpochMilli(ticker.epochMillis());
                incidents.close(state.incidentId(), now, null);
                events.add(new NewEvent(
                        before.teamId(),
                        before.id(),
                        new Event.IncidentClosed(state.incidentId(), before.name(), now)));
            }
        }
        verdicts.delete(before.id());
        states.delete(before.id());
        events.add(
                new NewEvent(before.teamId(), before.id(), new Event.ServiceRemoved(before.name(), removed.version())));
        log.record(List.of(), events);
    }

    private Service apply(Service before, NewService wanted) {
        boolean was = before.definition().suspended();
        boolean is = wanted.definition().suspended();
        Service after =
                named(wanted.name(), () -> services.update(before.id(), wanted).orElseThrow());
        ServiceChange change = changes.append(after, was == is ? Op.CHANGED : is ? Op.SUSPENDED : Op.RESUMED);
        NewEvent changed =
                new NewEvent(after.teamId(), after.id(), new Event.ServiceChanged(after.name(), after.version()));
        if (was == is) {
            log.record(List.of(), List.of(changed));
            return after;
        }
        ServiceState state = states.lock(List.of(after.id())).getFirst();
        // what was seen before a suspension says nothing about what is there after it
        verdicts.reset(after.id(), change.atMillis() - 1);
        State to = is ? State.SUSPENDED : State.UNKNOWN;
        Reason reason = is ? Reason.SUSPENDED : Reason.RESUMED;
        List<StateChange> turn = state.state() == to
                ? List.of()
                : List.of(new StateChange(state, after.name(), to, ticker.epochMillis(), reason, null));
        log.record(turn, List.of(changed));
        return after;
    }

    private static boolean same(Service stored, NewService wanted) {
        return stored.name().equals(wanted.name())
                && stored.source() == wanted.source()
                && Objects.equals(stored.owner(), wanted.owner())
                && stored.definition().equals(wanted.definition());
    }

    private static void refuseOutdated(Service stored, @Nullable Long expectedVersion) {
        if (expectedVersion != null && stored.version() != expectedVersion) {
            throw new VersionConflict(expectedVersion, stored.version());
        }
    }

    private static void refuseInvalid(NewService wanted) {
        List<Violation> violations = new ArrayList<>(DefinitionRules.nameViolations(wanted.name()));
        violations.addAll(DefinitionRules.violations(wanted.definition(), wanted.source()));
        if (!violations.isEmpty()) {
            throw new InvalidDefinition(violations);
        }
    }

    private static <T> T named(String name, java.util.function.Supplier<T> write) {
        try {
            return write.get();
        } catch (DuplicateKeyException e) {
            throw new NameTaken(name);
        }
    }
}
