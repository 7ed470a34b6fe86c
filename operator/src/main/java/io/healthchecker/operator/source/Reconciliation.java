package io.healthchecker.operator.source;

import io.healthchecker.core.registration.NameTaken;
import io.healthchecker.core.registration.Registration;
import io.healthchecker.core.registration.VersionConflict;
import io.healthchecker.core.service.InvalidDefinition;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.core.service.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Makes the stored services of one source what the source wants. It may be called at any time and by several at once:
 * what is there already is not written, and what somebody else changed meanwhile is left for the next time.
 */
public final class Reconciliation {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    // large enough that a thousand files are there in seconds, small enough that results need not wait for the events
    private static final int BATCH = 50;

    private final Source source;
    private final ServiceTable services;
    private final Registration registration;
    private final SourceMetrics metrics;
    private final Runnable committed;

    /** @param committed called when services are different now */
    public Reconciliation(
            Source source,
            ServiceTable services,
            Registration registration,
            SourceMetrics metrics,
            Runnable committed) {
        this.source = source;
        this.services = services;
        this.registration = registration;
        this.metrics = metrics;
        this.committed = committed;
    }

    /**
     * Applies what is wanted; what cannot be applied is refused and does not hold up the rest.
     *
     * @param kept which stored services stay although they are not wanted
     * @throws org.springframework.dao.DataAccessException if the database cannot be reached; what was applied until then
     *     stays applied
     */
    public Applied apply(List<Wanted> wanted, Predicate<Service> kept) {
        Difference difference = Difference.between(services.owned(source, ""), wanted, kept);
        List<Refused> refused = new ArrayList<>(difference.refused());
        int removed = 0;
        for (Service service : difference.removed()) {
            String owner = String.valueOf(service.owner());
            if (done(owner, refused, () -> registration.remove(service.teamId(), service.id(), service.version()))) {
                LOG.debug("service removed service={} owner={}", service.id(), owner);
                removed++;
            }
        }
        int changed = 0;
        int moved = 0;
        for (Difference.Change change : difference.changed()) {
            if (done(change.wanted().owner(), refused, () -> change(change))) {
                moved += change.moves() ? 1 : 0;
                changed += change.moves() ? 0 : 1;
            }
        }
        int created = create(difference.created(), refused);
        Applied applied = new Applied(created, changed, moved, removed, refused);
        metrics.applied(applied);
        if (applied.total() > 0) {
            committed.run();
            LOG.info(
                    "source applied source={} created={} changed={} moved={} removed={} refused={}",
                    source.word(),
                    created,
                    changed,
                    moved,
                    removed,
                    refused.size());
        }
        return applied;
    }

    private void change(Difference.Change change) {
        Service stored = change.stored();
        registration.change(stored.id(), change.wanted().of(source), stored.version());
        LOG.debug(
                "service changed service={} owner={}",
                stored.id(),
                change.wanted().owner());
    }

    private int create(List<Wanted> wanted, List<Refused> refused) {
        int created = 0;
        for (int from = 0; from < wanted.size(); from += BATCH) {
            List<Wanted> batch = wanted.subList(from, Math.min(wanted.size(), from + BATCH));
            if (done("", new ArrayList<>(), () -> create(batch))) {
                created += batch.size();
                continue;
            }
            // one of them cannot be had: each on its own, so that it does not hold up the others
            for (Wanted one : batch) {
                created += done(one.owner(), refused, () -> create(List.of(one))) ? 1 : 0;
            }
        }
        return created;
    }

    private void create(List<Wanted> wanted) {
        List<NewService> batch = wanted.stream().map(one -> one.of(source)).toList();
        for (Service service : registration.create(batch)) {
            LOG.debug("service created service={} owner={}", service.id(), service.owner());
        }
    }

    private static boolean done(String owner, List<Refused> refused, Runnable write) {
        try {
            write.run();
            return true;
        } catch (InvalidDefinition | NameTaken | VersionConflict e) {
            refused.add(new Refused(owner, String.valueOf(e.getMessage())));
        } catch (DataIntegrityViolationException e) {
            refused.add(new Refused(
                    owner, "it cannot be stored: " + e.getMostSpecificCause().getMessage()));
        }
        return false;
    }
}
