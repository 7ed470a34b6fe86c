package io.healthchecker.operator.source.kubernetes;

import io.healthchecker.core.registration.OwnedElsewhere;
import io.healthchecker.core.registration.Registration;
import io.healthchecker.core.secret.SecretCipher;
import io.healthchecker.core.secret.ServiceSecretTable;
import io.healthchecker.core.service.KubernetesClusterTable;
import io.healthchecker.core.service.KubernetesOrigin;
import io.healthchecker.core.service.KubernetesServiceTable;
import io.healthchecker.core.service.KubernetesServiceTable.Living;
import io.healthchecker.core.service.KubernetesServiceTable.Row;
import io.healthchecker.core.service.SecretReference;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.service.Term;
import io.healthchecker.core.time.Ticker;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes what resources declare, each in one transaction, under one term of leading. What is not newer than what is
 * stored, or comes after its term, changes nothing (docs/decisions/0012). For any thread.
 */
final class ServiceWriter {
    private final Term term;
    private final @Nullable SecretCipher cipher;
    private final TransactionTemplate transaction;
    private final Registration registration;
    private final ServiceTable services;
    private final KubernetesServiceTable resources;
    private final KubernetesClusterTable clusters;
    private final ServiceSecretTable secrets;

    /** @param cipher null where no key is configured: then nothing with secrets may be written */
    ServiceWriter(Term term, @Nullable SecretCipher cipher, JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.term = term;
        this.cipher = cipher;
        this.transaction = new TransactionTemplate(transactions);
        this.registration = new Registration(jdbc, transactions, Ticker.system());
        this.services = new ServiceTable(jdbc);
        this.resources = new KubernetesServiceTable(jdbc);
        this.clusters = new KubernetesClusterTable(jdbc);
        this.secrets = new ServiceSecretTable(jdbc);
    }

    Term term() {
        return term;
    }

    /** What is stored of a resource, as long as its service lives and is its own. */
    Optional<Living> stored(String uid) {
        return resources.living(term.clusterId(), uid);
    }

    /** What became of a write. */
    sealed interface Written {
        /** It is stored. */
        record Stored(Living living, boolean created) implements Written {}

        /** A newer generation is stored already. */
        record Older() implements Written {}

        /** The resource was removed before; it comes back only if the API server has it. */
        record Removed() implements Written {}
    }

    /** Undoes the transaction of a write that is behind. */
    private static final class Behind extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Written written;

        Behind(Written written) {
            super(null, null, false, false);
            this.written = written;
        }
    }

    /**
     * Stores what is declared.
     *
     * @param exists whether the API server itself was just asked and has this resource
     * @throws OwnedElsewhere if the service was adopted by somebody else
     * @throws Overthrown if the term has ended
     * @throws io.healthchecker.core.registration.NameTaken if a service of somebody else has the name
     */
    Written write(Declared declared, boolean exists) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                Row row = resources
                        .lock(term.clusterId(), declared.resource().uid())
                        .orElse(null);
                if (row != null
                        && row.origin().generation() > declared.resource().generation()) {
                    return new Written.Older();
                }
                if (row != null && row.removed() && !exists) {
                    return new Written.Removed();
                }
                Optional<Service> before = row == null || row.removed()
                        ? Optional.empty()
                        : services.lock(row.origin().serviceId());
                String handled = row == null ? null : row.adopt();
                return before.isPresent() && row != null
                        ? change(declared, row, before.get(), exists)
                        : begin(declared, declared.resource().adopts(handled), exists);
            }));
        } catch (Behind e) {
            return e.written;
        }
    }

    private Written change(Declared declared, Row was, Service before, boolean exists) {
        if (!isOurs(before, was.origin())) {
            Long adopts = declared.resource().adopts(was.adopt());
            if (adopts == null) {
                throw new OwnedElsewhere(before);
            }
            return begin(declared, adopts, exists);
        }
        if (before.teamId() != declared.teamId()) {
            secrets.replace(before.id(), Map.of());
            registration.remove(before.teamId(), before.id(), null);
            return create(declared, exists);
        }
        put(declared, before.id(), exists);
        boolean onlySecrets = !was.origin().definitionHash().equals(declared.hash())
                && before.definition().equals(declared.definition());
        if (onlySecrets || !declared.secrets().isEmpty() || hasSecrets(before)) {
            seal(before.id(), declared);
        }
        if (onlySecrets) {
            registration.renew(before.id(), declared.wanted());
        } else {
            registration.change(before.id(), declared.wanted(), null);
        }
        return stored(declared, before.id(), false);
    }

    private static boolean hasSecrets(Service service) {
        return !SecretReference.of(service.definition()).isEmpty();
    }

    private static boolean isOurs(Service service, KubernetesOrigin origin) {
        return service.source() == Source.KUBERNETES && origin.name().owner().equals(service.owner());
    }

    private Written begin(Declared declared, @Nullable Long adopts, boolean exists) {
        resources
                .named(declared.resource().name())
                .filter(other -> !other.uid().equals(declared.resource().uid()))
                .ifPresent(other -> remove(other.uid()));
        Optional<Service> adopted = adopts == null
                ? Optional.empty()
                : services.lock(adopts).filter(service -> service.teamId() == declared.teamId());
        if (adopted.isEmpty()) {
            return create(declared, exists); // nothing to take over, or nothing of this team
        }
        long id = adopted.get().id();
        put(declared, id, exists);
        seal(id, declared);
        registration.adopt(id, declared.wanted(), null);
        return stored(declared, id, false);
    }

    private Written create(Declared declared, boolean exists) {
        long id = registration.create(declared.wanted()).id();
        put(declared, id, exists);
        if (!declared.secrets().isEmpty()) {
            seal(id, declared);
        }
        return stored(declared, id, true);
    }

    private static Written stored(Declared declared, long id, boolean created) {
        return new Written.Stored(new Living(declared.origin(id), declared.teamId()), created);
    }

    private void put(Declared declared, long serviceId, boolean exists) {
        if (!resources.put(term, declared.origin(serviceId), declared.resource().adopt(), exists)) {
            demandTerm();
            throw new Behind(new Written.Older());
        }
    }

    private void seal(long serviceId, Declared declared) {
        Map<String, byte[]> sealed = new HashMap<>();
        declared.secrets().forEach((reference, secret) -> {
            SecretCipher with = Objects.requireNonNull(cipher, "secrets are read only where there is a key");
            sealed.put(reference.toString(), with.seal(serviceId, reference.toString(), secret));
        });
        secrets.replace(serviceId, sealed);
    }

    /**
     * Removes the service of a resource that is gone; its history stays.
     *
     * @return whether there was one
     * @throws Overthrown if the term has ended
     */
    boolean remove(String uid) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            Optional<KubernetesOrigin> removed = resources.remove(term, uid);
            if (removed.isEmpty()) {
                demandTerm();
                return false;
            }
            long id = removed.get().serviceId();
            Optional<Service> ours = services.lock(id).filter(service -> isOurs(service, removed.get()));
            ours.ifPresent(service -> {
                secrets.replace(id, Map.of());
                registration.remove(service.teamId(), id, null);
            });
            return ours.isPresent();
        }));
    }

    private void demandTerm() {
        if (!clusters.holds(term)) {
            throw new Overthrown();
        }
    }
}
