package io.healthchecker.e2e.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.cluster.Tool;
import io.healthchecker.e2e.Product;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The operator as the chart runs it: under its own account, with the permissions and variables that the chart renders. A
 * tool that rolls out waits for Ready; a target that is down does not hold it up, a definition that cannot be had does.
 */
class DeclaredServicesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    static Path directory;

    private static TestKubernetes kubernetes;
    private static Tool kubectl;
    private static String namespace = "";
    private static Product product;
    private static Product.Started operator;

    @BeforeAll
    static void startUnderItsAccount() throws IOException {
        Path checkout = checkout();
        kubernetes = TestKubernetes.shared();
        kubectl = kubernetes.kubectl();
        namespace = kubernetes.freshNamespace();
        kubernetes.apply(checkout.resolve("helm/health-checker/files/crd.yaml"));
        String rendered = kubernetes
                .helm()
                .demand(
                        "template",
                        "hc",
                        checkout.resolve("helm/health-checker").toString(),
                        "--namespace",
                        namespace,
                        "--set",
                        "existingSecret=mine,crds.enabled=false,policies.enabled=false",
                        "--set",
                        "watchNamespaces={" + namespace + "},operator.secretNamespaces={" + namespace + "}");
        String permissions = "";
        Map<String, String> variables = new HashMap<>();
        for (String document : rendered.split("(?m)^---\n")) {
            if (document.contains("kind: ServiceAccount") || document.contains("apiVersion: rbac.")) {
                permissions += "---\n" + document;
            }
            if (document.contains("name: hc-health-checker-operator\n") && document.contains("kind: Deployment")) {
                variables.putAll(variables(document));
            }
        }
        kubernetes.apply(permissions);
        variables.put("KUBECONFIG", kubeconfig().toString());
        variables.put("SECRET_KEY", "a-key-of-the-tests-that-has-more-than-32-bytes");
        product = Product.in(directory);
        variables.forEach(product::with);
        operator = product.start("operator", "operator").awaitReady();
        product.start("worker", "worker").awaitReady();
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    void aDeadTargetIsReadyAndNotHealthy() {
        declare(
                "dead",
                "http: {url: \"http://127.0.0.1:1/\"}, periodSeconds: 2, timeoutSeconds: 1, failureThreshold: 1");

        await().atMost(SOON).until(() -> condition("dead", "Healthy").equals("False"));
        assertThat(condition("dead", "Ready")).isEqualTo("True");
        assertThat(Kstatus.of(resource("dead"))).isEqualTo(Kstatus.CURRENT);
        assertThat(kubectl.run("wait", "-n", namespace, "--for=condition=Ready", "hcs/dead", "--timeout=5s")
                        .code())
                .isZero();
        assertThat(kubectl.demand("get", "hcs", "-n", namespace, "--field-selector=status.state=Down", "-o", "name"))
                .contains("dead");
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(kubectl.demand("get", "events.events.k8s.io", "-n", namespace, "-o", "name"))
                                .isNotBlank());
        assertThat(operator.process().output()).doesNotContain("forbidden", "Forbidden");
    }

    @Test
    void aMissingSecretIsNotReadyAndSaysWhichAndBecomesReadyWhenItComes() {
        declare(
                "secretive",
                "http: {url: \"http://127.0.0.1:1/\", headers: [{name: A, valueFrom: {secretKeyRef: {name: token-of-shop, key: token}}}]}");

        await().atMost(SOON).until(() -> condition("secretive", "Ready").equals("False"));
        assertThat(Kstatus.of(resource("secretive"))).isNotEqualTo(Kstatus.CURRENT);
        JsonNode ready = conditionOf("secretive", "Ready");
        assertThat(ready.path("reason").asString()).isEqualTo("SecretNotFound");
        assertThat(ready.path("message").asString()).contains("token-of-shop");

        kubectl.demand("create", "secret", "generic", "token-of-shop", "-n", namespace, "--from-literal=token=s3cr3t");
        kubectl.demand("label", "secret", "token-of-shop", "-n", namespace, "healthchecker.io/probe-secret=true");
        await().atMost(SOON).until(() -> condition("secretive", "Ready").equals("True"));
        assertThat(resource("secretive").toString() + operator.process().output())
                .doesNotContain("s3cr3t");
    }

    private static void declare(String name, String spec) {
        kubernetes.apply("""
                apiVersion: healthchecker.io/v1alpha1
                kind: HealthCheckService
                metadata: {name: %s, namespace: %s}
                spec: {%s}
                """.formatted(name, namespace, spec));
    }

    private static String condition(String name, String type) {
        return conditionOf(name, type).path("status").asString("");
    }

    private static JsonNode conditionOf(String name, String type) {
        for (JsonNode condition : resource(name).at("/status/conditions")) {
            if (condition.path("type").asString().equals(type)) {
                return condition;
            }
        }
        return JSON.missingNode();
    }

    private static JsonNode resource(String name) {
        return JSON.readTree(kubectl.demand("get", "hcs", "-n", namespace, name, "-o", "json"));
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
    private static Path kubeconfig() throws IOException {
        Path file = directory.resolve("kubeconfig");
        Files.copy(kubernetes.kubeconfig(), file);
        String token = kubernetes.token(namespace, "hc-health-checker-operator");
        Tool own = kubectl.and("--kubeconfig", file.toString());
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
