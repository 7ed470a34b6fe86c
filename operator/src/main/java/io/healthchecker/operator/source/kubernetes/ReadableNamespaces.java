package io.healthchecker.operator.source.kubernetes;

import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.healthchecker.crds.HealthCheckService;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the namespaces that are named to be watched can be read. One that cannot, such as one that was deleted and our
 * Role with it, is left out: the library would wait for it for minutes before it deals with any other. For any thread.
 */
final class ReadableNamespaces {
    private static final Logger LOG = LoggerFactory.getLogger(ReadableNamespaces.class);
    private static final int FORBIDDEN = 403;
    private static final ListOptions ONE =
            new ListOptionsBuilder().withLimit(1L).build();

    private final KubernetesClient client;
    private final Set<String> resources;
    private final Set<String> secrets;
    private final Set<String> resourcesWithout;
    private final Set<String> secretsWithout;

    private ReadableNamespaces(KubernetesClient client, Set<String> ofResources, Set<String> ofSecrets) {
        this.client = client;
        this.resources = readable(ofResources, this::canReadResources);
        this.secrets = readable(ofSecrets, this::canReadSecrets);
        this.resourcesWithout = without(ofResources, resources);
        this.secretsWithout = without(ofSecrets, secrets);
    }

    /**
     * Asks for each namespace that is named.
     *
     * @throws IllegalStateException if none can be read
     * @throws KubernetesClientException if the API server does not answer
     */
    static ReadableNamespaces of(KubernetesSettings settings, KubernetesClient client) {
        var readable = new ReadableNamespaces(
                client, settings.namespaces(), settings.secrets() ? settings.secretScope() : Set.of());
        if (!settings.namespaces().isEmpty() && readable.resources.isEmpty()) {
            throw new IllegalStateException("resources cannot be read in %s: grant the operator list and watch there"
                    .formatted(String.join(", ", readable.resourcesWithout)));
        }
        if (!readable.resourcesWithout.isEmpty() || !readable.secretsWithout.isEmpty()) {
            LOG.warn(
                    "namespaces cannot be read, they are left out resources={} secrets={}",
                    readable.resourcesWithout,
                    readable.secretsWithout);
        }
        return readable;
    }

    private static Set<String> readable(Set<String> named, Predicate<String> canBeRead) {
        Set<String> readable = new TreeSet<>();
        named.stream().filter(canBeRead).forEach(readable::add);
        return Set.copyOf(readable);
    }

    private static Set<String> without(Set<String> named, Set<String> readable) {
        Set<String> rest = new TreeSet<>(named);
        rest.removeAll(readable);
        return rest;
    }

    /** Where resources are watched; empty for all namespaces. */
    Set<String> ofResources() {
        return resources;
    }

    /** Where Secrets are watched; empty for all namespaces, unless {@link #noSecrets}. */
    Set<String> ofSecrets() {
        return secrets;
    }

    /** Whether no Secret can be read, although namespaces of Secrets are named. */
    boolean noSecrets() {
        return secrets.isEmpty() && !secretsWithout.isEmpty();
    }

    /** Whether resources of a namespace are left out. */
    boolean isWithout(String namespace) {
        return resourcesWithout.contains(namespace);
    }

    /** Asks again for what is left out; true if some of it can be read by now. */
    boolean haveGrown() {
        return resourcesWithout.stream().anyMatch(this::canReadResources)
                || secretsWithout.stream().anyMatch(this::canReadSecrets);
    }

    private boolean canReadResources(String namespace) {
        return isAnswered(() -> client.resources(HealthCheckService.class)
                .inNamespace(namespace)
                .list(ONE));
    }

    private boolean canReadSecrets(String namespace) {
        return isAnswered(() -> client.secrets().inNamespace(namespace).list(ONE));
    }

    private static boolean isAnswered(Runnable question) {
        try {
            question.run();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == FORBIDDEN) {
                return false;
            }
            throw e;
        }
    }
}
