package io.healthchecker.e2e.declared;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.cluster.Tool;
import io.healthchecker.e2e.Product;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** What the chart gives the operator, without pods: its account and permissions are applied, its variables are the product's. */
final class Rollout {
    private final TestKubernetes kubernetes;
    private final String namespace;
    private final Path directory;

    private Rollout(TestKubernetes kubernetes, String namespace, Path directory) {
        this.kubernetes = kubernetes;
        this.namespace = namespace;
        this.directory = directory;
    }

    /**
     * Has the operators of a product run as the chart would run them.
     *
     * @param namespaces those that they watch; they live in the first
     */
    static Product of(TestKubernetes kubernetes, List<String> namespaces, Product product, Path directory) {
        return new Rollout(kubernetes, namespaces.getFirst(), directory).applied(namespaces, product);
    }

    private Product applied(List<String> namespaces, Product product) {
        Path chart = checkout().resolve("helm/health-checker");
        kubernetes.apply(chart.resolve("files/crd.yaml"));
        String watched = "{" + String.join(",", namespaces) + "}";
        String rendered = kubernetes
                .helm()
                .demand(
                        "template",
                        "hc",
                        chart.toString(),
                        "--namespace",
                        namespace,
                        "--set",
                        "existingSecret=mine,crds.enabled=false,policies.enabled=false",
                        "--set",
                        "watchNamespaces=%1$s,operator.secretNamespaces=%1$s".formatted(watched));
        StringBuilder permissions = new StringBuilder();
        Map<String, String> variables = new HashMap<>();
        for (String document : rendered.split("(?m)^---\n")) {
            if (document.contains("kind: ServiceAccount") || document.contains("apiVersion: rbac.")) {
                permissions.append("---\n").append(document);
            }
            if (document.contains("name: hc-health-checker-operator\n") && document.contains("kind: Deployment")) {
                variables.putAll(variables(document));
            }
        }
        kubernetes.apply(permissions.toString());
        variables.put("KUBECONFIG", kubeconfig().toString());
        variables.put("SECRET_KEY", "a-key-of-the-tests-that-has-more-than-32-bytes");
        variables.forEach(product::with);
        return product;
    }

    /** What the chart gives the operator, but for what comes from Secrets and for addresses of pods. */
    private static Map<String, String> variables(String deployment) {
        Map<String, String> variables = new HashMap<>();
        var pairs = Pattern.compile("- name: (HC_[A-Z_]+)\n +value: \"?([^\"\n]*)\"?\n")
                .matcher(deployment);
        while (pairs.find()) {
            variables.put(pairs.group(1), pairs.group(2));
        }
        assertThat(variables).containsKeys("HC_OPERATOR_KUBERNETES_ENABLED", "HC_OPERATOR_LEAD_LEASE");
        return variables;
    }

    /** Of the operator's account, and of nobody else. */
    private Path kubeconfig() {
        Path file = directory.resolve("kubeconfig");
        try {
            Files.copy(kubernetes.kubeconfig(), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String token = kubernetes.token(namespace, "hc-health-checker-operator");
        Tool own = kubernetes.kubectl().and("--kubeconfig", file.toString());
        own.demand("config", "set-credentials", "operator", "--token=" + token);
        String context = own.demand("config", "current-context").strip();
        own.demand("config", "set-context", context, "--user=operator");
        assertThat(own.demand("auth", "whoami")).contains("system:serviceaccount:" + namespace);
        return file;
    }

    private static Path checkout() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("hc")) ? here : Objects.requireNonNull(here.getParent());
    }
}
