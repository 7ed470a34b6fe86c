package io.healthchecker.e2e.declared;

import io.fabric8.kubernetes.client.dsl.Resource;
import io.healthchecker.cluster.Tool;
import io.healthchecker.crds.Condition;
import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.e2e.Product;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The resources of one namespace, as somebody at kubectl sees them. */
final class Declared {
    private static final String DEFINITION = "/META-INF/fabric8/healthcheckservices.healthchecker.io-v1.yml";

    private final TestKubernetes kubernetes;
    private final String namespace;

    private Declared(TestKubernetes kubernetes, String namespace) {
        this.kubernetes = kubernetes;
        this.namespace = namespace;
    }

    /** A new namespace of a cluster that knows our kind. */
    static Declared in(TestKubernetes kubernetes) {
        try (InputStream yaml = Declared.class.getResourceAsStream(DEFINITION)) {
            kubernetes.apply(new String(yaml.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Declared(kubernetes, kubernetes.freshNamespace());
    }

    /** Another new namespace. */
    Declared beside() {
        return new Declared(kubernetes, kubernetes.freshNamespace());
    }

    String namespace() {
        return namespace;
    }

    /** Has the product's operators apply this namespace, and follow a leader that is gone soon. */
    Product followedBy(Product product) {
        return product.with("KUBECONFIG", kubernetes.kubeconfig().toString())
                .with("HC_OPERATOR_KUBERNETES_ENABLED", "auto")
                .with("HC_OPERATOR_KUBERNETES_NAMESPACES", namespace)
                .with("HC_OPERATOR_LEAD_NAMESPACE", namespace)
                .with("HC_OPERATOR_LEAD_DURATION", "5s");
    }

    void apply(String name, String url, int periodSeconds) {
        apply(name, "http: {url: \"%s\"}, periodSeconds: %d".formatted(url, periodSeconds));
    }

    /** @param spec what stands between the braces of it */
    void apply(String name, String spec) {
        kubernetes.apply("""
                apiVersion: healthchecker.io/v1alpha1
                kind: HealthCheckService
                metadata: {name: %s, namespace: %s}
                spec: {%s}
                """.formatted(name, namespace, spec));
    }

    /** Many, named by their number. */
    void applyAll(int count, IntFunction<String> url, int periodSeconds) {
        IntStream.range(0, count).parallel().forEach(i -> apply("hcs-" + i, url.apply(i), periodSeconds));
    }

    void delete(String name) {
        resource(name).delete();
    }

    /** The namespace and all that is in it. */
    void deleteNamespace() {
        kubernetes.client().namespaces().withName(namespace).delete();
    }

    boolean namespaceExists() {
        return kubernetes.client().namespaces().withName(namespace).get() != null;
    }

    @Nullable
    HealthCheckService live(String name) {
        return resource(name).get();
    }

    /** Version of each resource by its name: what is written anew has another one. */
    Map<String, String> versions() {
        return kubernetes.client().resources(HealthCheckService.class).inNamespace(namespace).list().getItems().stream()
                .collect(Collectors.toMap(
                        each -> each.getMetadata().getName(),
                        each -> each.getMetadata().getResourceVersion()));
    }

    /** How many are Ready. */
    long ready() {
        return kubernetes.client().resources(HealthCheckService.class).inNamespace(namespace).list().getItems().stream()
                .filter(each -> condition(each, "Ready")
                        .map(Condition::status)
                        .orElse("")
                        .equals("True"))
                .count();
    }

    private Resource<HealthCheckService> resource(String name) {
        return kubernetes
                .client()
                .resources(HealthCheckService.class)
                .inNamespace(namespace)
                .withName(name);
    }

    boolean isIn(String name, String state) {
        HealthCheckService resource = live(name);
        return resource != null
                && resource.getStatus() != null
                && state.equals(resource.getStatus().state());
    }

    /** Id of the service of a resource. */
    long serviceId(String name) {
        return Objects.requireNonNull(live(name).getStatus().serviceId());
    }

    /** Status and reason of a condition, such as {@code True Scheduled}; empty without it. */
    String condition(String name, String type) {
        return condition(live(name), type)
                .map(condition -> condition.status() + " " + condition.reason())
                .orElse("");
    }

    String message(String name, String type) {
        return condition(live(name), type).map(Condition::message).orElse("");
    }

    private static Optional<Condition> condition(@Nullable HealthCheckService resource, String type) {
        return resource == null
                        || resource.getStatus() == null
                        || resource.getStatus().conditions() == null
                ? Optional.empty()
                : resource.getStatus().conditions().stream()
                        .filter(condition -> type.equals(condition.type()))
                        .findFirst();
    }

    /** kubectl in this namespace. */
    Tool kubectl() {
        return kubernetes.kubectl().and("--namespace=" + namespace);
    }
}
