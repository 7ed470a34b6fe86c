package io.healthchecker.e2e.resource;

import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.e2e.Product;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    String namespace() {
        return namespace;
    }

    /** Has the product's operators apply these namespaces. */
    Product followedBy(Product product, String... others) {
        return product.with("KUBECONFIG", kubernetes.kubeconfig().toString())
                .with("HC_OPERATOR_KUBERNETES_ENABLED", "auto")
                .with("HC_OPERATOR_KUBERNETES_NAMESPACES", String.join(",", concat(others)))
                .with("HC_OPERATOR_LEAD_NAMESPACE", namespace);
    }

    private List<String> concat(String... others) {
        List<String> all = new java.util.ArrayList<>(List.of(others));
        all.add(namespace);
        return all;
    }

    void apply(String name, String url, int periodSeconds) {
        kubernetes.apply("""
                apiVersion: healthchecker.io/v1alpha1
                kind: HealthCheckService
                metadata: {name: %s, namespace: %s}
                spec:
                  http: {url: "%s"}
                  periodSeconds: %d
                """.formatted(name, namespace, url, periodSeconds));
    }

    void delete(String name) {
        kubernetes
                .client()
                .resources(HealthCheckService.class)
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    @Nullable
    HealthCheckService live(String name) {
        return kubernetes
                .client()
                .resources(HealthCheckService.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    boolean isIn(String name, String state) {
        HealthCheckService resource = live(name);
        return resource != null
                && resource.getStatus() != null
                && state.equals(resource.getStatus().state());
    }
}
