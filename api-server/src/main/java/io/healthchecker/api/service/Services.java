package io.healthchecker.api.service;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.healthchecker.api.auth.AuditLog;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.registration.NameTaken;
import io.healthchecker.core.registration.OwnedElsewhere;
import io.healthchecker.core.registration.Registration;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.core.service.Source;
import io.healthchecker.crds.Definition;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes the services of one team that were made here; those of other sources are read-only. */
final class Services {
    private final TransactionTemplate transaction;
    private final ServiceTable table;
    private final Registration registration;
    private final Wakes wakes;
    private final AuditLog audit;

    Services(
            PlatformTransactionManager transactions,
            ServiceTable table,
            Registration registration,
            Wakes wakes,
            AuditLog audit) {
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
        this.table = table;
        this.registration = registration;
        this.wakes = wakes;
    }

    /** What a service is to become: its name and its definition. */
    record Wanted(String name, Definition definition) {}

    /** A service as the audit log shows it, without secrets. */
    private record Shown(
            String name,
            String source,
            long version,
            @JsonUnwrapped Definition definition) {
        static Shown of(Service service) {
            return new Shown(
                    service.name(), service.source().word(), service.version(), SecretMask.hide(service.definition()));
        }
    }

    /** A service of the team. */
    Service find(Principal principal, long id) {
        return table.find(principal.teamId(), id).orElseThrow(() -> unknown(id));
    }

    /** Creates a service, within the transaction that is open. {@link #told} is to be called after it. */
    Service create(Principal principal, Wanted wanted) {
        Service created = named(() -> registration.create(ofRest(principal, wanted)));
        audit.record(principal, "create", "service", created.id(), created.name(), null, Shown.of(created));
        return created;
    }

    /**
     * Changes a service.
     *
     * @param change from what is stored to what is wanted
     */
    Service change(Principal principal, long id, @Nullable Precondition ifMatch, Function<Service, Wanted> change) {
        Service after = inTransaction(() -> {
            Service before = locked(principal, id, ifMatch);
            Wanted wanted = change.apply(before);
            Service changed = named(() -> registration
                    .change(id, ofRest(principal, wanted), before.version())
                    .orElseThrow(() -> unknown(id)));
            return recorded(principal, "update", before, changed);
        });
        told();
        return after;
    }

    /**
     * Takes a service over, whoever owns it.
     *
     * @param change from what is stored to what is wanted
     */
    Service adopt(Principal principal, long id, @Nullable Precondition ifMatch, Function<Service, Wanted> change) {
        Service after = inTransaction(() -> {
            Service before = found(principal, id, ifMatch);
            Wanted wanted = change.apply(before);
            Service adopted = named(() -> registration
                    .adopt(id, ofRest(principal, wanted), before.version())
                    .orElseThrow(() -> unknown(id)));
            return recorded(principal, "adopt", before, adopted);
        });
        told();
        return after;
    }

    void remove(Principal principal, long id, @Nullable Precondition ifMatch) {
        inTransaction(() -> {
            Service before = locked(principal, id, ifMatch);
            audit.record(principal, "delete", "service", id, before.name(), Shown.of(before), null);
            return registration.remove(principal.teamId(), id, before.version());
        });
        told();
    }

    private Service recorded(Principal principal, String action, Service before, Service after) {
        if (after.version() != before.version()) {
            audit.record(principal, action, "service", after.id(), after.name(), Shown.of(before), Shown.of(after));
        }
        return after;
    }

    <T> T inTransaction(Supplier<T> work) {
        return transaction.execute(status -> work.get());
    }

    /** Wakes those who follow changes and events, after what made them was committed. */
    void told() {
        wakes.changed();
    }

    /** What is said of a service that is not there, or not for the one who asks. */
    static ProblemException unknown(long id) {
        return ProblemException.notFound("there is no service %d in this team".formatted(id));
    }

    private Service locked(Principal principal, long id, @Nullable Precondition ifMatch) {
        Service service = found(principal, id, null);
        if (service.source() != Source.REST) {
            throw ProblemException.conflict(String.valueOf(new OwnedElsewhere(service).getMessage()));
        }
        Precondition.refuseOutdated(ifMatch, service.version());
        return service;
    }

    private Service found(Principal principal, long id, @Nullable Precondition ifMatch) {
        Service service = table.lock(id)
                .filter(found -> found.teamId() == principal.teamId())
                .orElseThrow(() -> unknown(id));
        Precondition.refuseOutdated(ifMatch, service.version());
        return service;
    }

    private static NewService ofRest(Principal principal, Wanted wanted) {
        return new NewService(principal.teamId(), wanted.name(), Source.REST, null, wanted.definition());
    }

    private static Service named(Supplier<Service> write) {
        try {
            return write.get();
        } catch (NameTaken taken) {
            throw ProblemException.conflict("name", String.valueOf(taken.getMessage()));
        }
    }
}
