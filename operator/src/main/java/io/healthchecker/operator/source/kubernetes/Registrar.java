package io.healthchecker.operator.source.kubernetes;

import io.healthchecker.core.registration.NameTaken;
import io.healthchecker.core.registration.OwnedElsewhere;
import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.secret.SecretCipher;
import io.healthchecker.core.secret.Sha256;
import io.healthchecker.core.service.DefinitionJson;
import io.healthchecker.core.service.DefinitionRules;
import io.healthchecker.core.service.KubernetesServiceTable.Living;
import io.healthchecker.core.service.ResourceName;
import io.healthchecker.core.service.SecretReference;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.service.Violation;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.crds.ServiceAnnotation;
import io.healthchecker.operator.source.kubernetes.NamespaceTeams.NoTeam;
import io.healthchecker.operator.source.kubernetes.ServiceWriter.Written;
import io.healthchecker.operator.status.Acceptance;
import io.healthchecker.operator.status.Acceptance.Accepted;
import io.healthchecker.operator.status.Acceptance.Refused;
import io.healthchecker.operator.status.Acceptance.Waiting;
import io.healthchecker.operator.status.StatusReason;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the stored service of a resource what the resource says, and says what became of it. For any thread. */
final class Registrar {
    private final Ledger ledger;
    private final ServiceWriter writer;
    private final Surroundings surroundings;
    private final KubernetesMetrics metrics;
    private final Runnable committed;

    /**
     * What a definition needs beside itself.
     *
     * @param cipher null where no key is configured
     */
    record Surroundings(
            NamespaceTeams teams,
            SecretValues secrets,
            @Nullable SecretCipher cipher,
            ClusterView cluster) {}

    /** @param committed called when services are different now */
    Registrar(
            Ledger ledger,
            ServiceWriter writer,
            Surroundings surroundings,
            KubernetesMetrics metrics,
            Runnable committed) {
        this.ledger = ledger;
        this.writer = writer;
        this.surroundings = surroundings;
        this.metrics = metrics;
        this.committed = committed;
    }

    /**
     * Applies a resource; one that is stored as it is costs nothing.
     *
     * @return what became of it; empty if a newer one was applied already
     * @throws org.springframework.dao.DataAccessException if the database cannot be reached
     * @throws Overthrown if another process leads
     */
    Optional<Acceptance> apply(HealthCheckService resource) {
        String uid = resource.getMetadata().getUid();
        Living known = ledger.find(uid);
        Long runs = known == null ? null : known.origin().serviceId();
        try {
            Declared declared = declared(resource);
            if (known != null && isStored(declared, known)) {
                return Optional.of(new Accepted(known.origin().serviceId()));
            }
            return write(declared);
        } catch (Unacceptable e) {
            return Optional.of(new Refused(e.reason, String.valueOf(e.getMessage()), runs));
        } catch (SecretValues.Missing e) {
            return Optional.of(new Waiting(e.reason(), String.valueOf(e.getMessage()), runs));
        } catch (NoTeam e) {
            return Optional.of(new Waiting(StatusReason.NO_TEAM, String.valueOf(e.getMessage()), runs));
        } catch (NameTaken e) {
            return Optional.of(new Refused(StatusReason.NAME_TAKEN, String.valueOf(e.getMessage()), runs));
        } catch (OwnedElsewhere e) {
            ledger.remove(uid);
            return Optional.of(new Refused(StatusReason.OWNED_ELSEWHERE, adoptable(e), null));
        }
    }

    /** A definition that cannot be had as it is. */
    private static final class Unacceptable extends Exception {
        private static final long serialVersionUID = 1L;

        private final StatusReason reason;

        Unacceptable(StatusReason reason, String message) {
            super(message);
            this.reason = reason;
        }
    }

    private static boolean isStored(Declared declared, Living known) {
        return known.teamId() == declared.teamId()
                && known.origin().generation() == declared.resource().generation()
                && known.origin().definitionHash().equals(declared.hash());
    }

    private Declared declared(HealthCheckService resource) throws Unacceptable, SecretValues.Missing {
        var metadata = resource.getMetadata();
        var name = new ResourceName(writer.term().clusterId(), metadata.getNamespace(), metadata.getName());
        Definition definition = resource.getSpec();
        if (definition == null) {
            throw new Unacceptable(StatusReason.INVALID_DEFINITION, "spec is missing; say what is to be checked");
        }
        List<Violation> violations = new ArrayList<>(DefinitionRules.nameViolations(name.serviceName()));
        violations.addAll(DefinitionRules.violations(definition, Source.KUBERNETES));
        if (!violations.isEmpty()) {
            throw new Unacceptable(
                    StatusReason.INVALID_DEFINITION,
                    violations.stream().map(Violation::message).collect(Collectors.joining("; ")));
        }
        Map<SecretReference, Secret> secrets = secrets(name.namespace(), definition);
        long generation = metadata.getGeneration() == null ? 0 : metadata.getGeneration();
        return new Declared(
                new Declared.Resource(name, metadata.getUid(), generation, adopt(resource)),
                definition,
                secrets,
                surroundings.teams.of(name.namespace()),
                hash(definition, secrets));
    }

    private static @Nullable String adopt(HealthCheckService resource) {
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(ServiceAnnotation.ADOPT);
    }

    private Map<SecretReference, Secret> secrets(String namespace, Definition definition) throws SecretValues.Missing {
        Set<SecretReference> references = SecretReference.of(definition);
        if (references.isEmpty()) {
            return Map.of();
        }
        if (surroundings.cipher == null) {
            throw new SecretValues.Missing(
                    StatusReason.NO_ENCRYPTION_KEY,
                    "Secrets cannot be stored; whoever runs the operator has to set SECRET_KEY");
        }
        Map<SecretReference, Secret> values = new HashMap<>();
        for (SecretReference reference : references) {
            values.put(reference, surroundings.secrets.read(namespace, reference));
        }
        return values;
    }

    private String hash(Definition definition, Map<SecretReference, Secret> secrets) {
        String json = DefinitionJson.write(definition);
        if (secrets.isEmpty() || surroundings.cipher == null) {
            return Base64.getEncoder().withoutPadding().encodeToString(Sha256.of(json));
        }
        Map<String, Secret> named = new HashMap<>();
        secrets.forEach((reference, secret) -> named.put(reference.toString(), secret));
        return surroundings.cipher.fingerprint(json, named);
    }

    private Optional<Acceptance> write(Declared declared) {
        Written written = writer.write(declared, false);
        if (written instanceof Written.Removed) {
            boolean exists = surroundings.cluster.resource(
                            declared.resource().name(), declared.resource().uid())
                    == Existence.EXISTS;
            written = exists ? writer.write(declared, true) : new Written.Older();
        }
        return switch (written) {
            case Written.Stored(var living, var created) -> {
                ledger.put(living);
                metrics.written(created ? "created" : "changed");
                committed.run();
                yield Optional.of(new Accepted(living.origin().serviceId()));
            }
            case Written.Older _, Written.Removed _ -> {
                metrics.fenced();
                yield Optional.empty();
            }
        };
    }

    private static String adoptable(OwnedElsewhere elsewhere) {
        var service = elsewhere.service();
        return service.source() == Source.KUBERNETES
                ? "service %d belongs to %s; name another one, or remove the annotation %s"
                        .formatted(service.id(), service.ownerInWords(), ServiceAnnotation.ADOPT)
                : "service %1$d belongs to %2$s by now; annotate this resource with %3$s: \"%1$d\" to take it back, or delete it"
                        .formatted(service.id(), service.ownerInWords(), ServiceAnnotation.ADOPT);
    }

    /** Asks the database what is stored of a resource, whatever we know: somebody else may have adopted its service. */
    void lookUp(String uid) {
        writer.stored(uid).ifPresentOrElse(ledger::put, () -> ledger.forget(uid));
    }

    /**
     * Removes the service of a resource that is gone.
     *
     * @return whether there was one
     */
    boolean gone(String uid) {
        boolean removed = writer.remove(uid);
        ledger.remove(uid);
        if (removed) {
            metrics.written("removed");
            committed.run();
        }
        return removed;
    }
}
