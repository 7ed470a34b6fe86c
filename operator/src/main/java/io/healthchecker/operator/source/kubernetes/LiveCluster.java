package io.healthchecker.operator.source.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.healthchecker.core.service.ResourceName;
import io.healthchecker.crds.HealthCheckService;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the API server, one request a question. */
final class LiveCluster implements ClusterView {
    /** Annotation of a Namespace: name or id of the team that it belongs to. */
    static final String TEAM = "healthchecker.io/team";

    private static final Logger LOG = LoggerFactory.getLogger(LiveCluster.class);
    private static final int FORBIDDEN = 403;
    private static final String SYSTEM = "kube-system";

    private final KubernetesClient client;

    LiveCluster(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Existence resource(ResourceName name, String uid) {
        return existence(
                () -> client.resources(HealthCheckService.class)
                        .inNamespace(name.namespace())
                        .withName(name.name())
                        .get(),
                uid);
    }

    @Override
    public Existence namespace(String namespace) {
        return existence(() -> client.namespaces().withName(namespace).get(), null);
    }

    private static Existence existence(Supplier<? extends @Nullable HasMetadata> ask, @Nullable String uid) {
        try {
            HasMetadata found = ask.get();
            boolean isIt = found != null
                    && (uid == null || uid.equals(found.getMetadata().getUid()));
            return isIt ? Existence.EXISTS : Existence.GONE;
        } catch (KubernetesClientException e) {
            LOG.debug("the API server was asked in vain", e);
            return Existence.UNKNOWN;
        }
    }

    @Override
    public Optional<String> team(String namespace) {
        return permitted(namespace)
                .map(found -> found.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(TEAM))
                .map(String::strip)
                .filter(team -> !team.isEmpty());
    }

    @Override
    public Optional<String> identity() {
        return permitted(SYSTEM).map(found -> found.getMetadata().getUid());
    }

    private Optional<Namespace> permitted(String namespace) {
        try {
            return Optional.ofNullable(client.namespaces().withName(namespace).get());
        } catch (KubernetesClientException e) {
            if (e.getCode() == FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
