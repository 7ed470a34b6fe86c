package io.healthchecker.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import io.healthchecker.cluster.Tool;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/**
 * A release from its beginning to its end, on a real control plane. Its nodes are not real: pods are admitted, scheduled
 * and said to be ready, and do not run.
 */
class ReleaseTest {
    private static final String DEFINITION = "healthcheckservices.healthchecker.io";
    private static final int SECONDS = 120;

    /** Of our own: releases lay claim to the definition, of which a cluster has one. */
    private static TestKubernetes kubernetes;

    private static Tool kubectl;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        kubernetes = TestKubernetes.start().withFakeNodes();
        kubectl = kubernetes.kubectl();
    }

    @AfterAll
    static void stop() {
        kubernetes.close();
    }

    @Test
    void isInstalledUpgradedTestedAndUninstalledAndKeepsWhatPeopleDeclared() throws IOException {
        String namespace = restrictedNamespace();

        assertThat(install(Chart.DIRECTORY, namespace).waitReady().call().getStatus())
                .isEqualTo("deployed");
        assertThat(kubectl.demand("get", "deployments", "-n", namespace, "-o", "name")
                        .lines())
                .hasSize(4);
        String secret = secret(namespace);
        assertThat(kubectl.run("explain", "hcs.spec.future").code()).isNotZero();
        kubectl.demand("apply", "-n", namespace, "-f", example("http.yaml"));

        Path next = withFieldInDefinition("future");
        assertThat(new Helm(next)
                        .upgrade()
                        .withName("hc")
                        .withNamespace(namespace)
                        .withKubeConfig(kubernetes.kubeconfig())
                        .set("evaluation.enabled", true)
                        .set("worker.replicas", 3)
                        .waitReady()
                        .withTimeout(SECONDS)
                        .call()
                        .getStatus())
                .isEqualTo("deployed");
        assertThat(kubectl.demand("get", "crd", DEFINITION, "-o", "jsonpath={..spec.properties.future.type}"))
                .isEqualTo("string");
        assertThat(secret(namespace)).as("passwords, after an upgrade").isEqualTo(secret);
        assertThat(kubectl.demand(
                        "get",
                        "deployment",
                        "-n",
                        namespace,
                        "hc-health-checker-worker",
                        "-o",
                        "jsonpath={.spec.replicas}"))
                .isEqualTo("3");

        Helm.test("hc")
                .withNamespace(namespace)
                .withKubeConfig(kubernetes.kubeconfig())
                .withTimeout(SECONDS)
                .call();

        Helm.uninstall("hc")
                .withNamespace(namespace)
                .withKubeConfig(kubernetes.kubeconfig())
                .call();
        assertThat(kubectl.demand("get", "deployments", "-n", namespace, "-o", "name"))
                .isBlank();
        assertThat(kubectl.demand("get", "hcs", "-n", namespace, "-o", "name"))
                .isEqualToIgnoringNewLines("healthcheckservice.healthchecker.io/checkout");
        assertThat(kubectl.demand("get", "clusterroles,validatingadmissionpolicies", "-o", "name"))
                .doesNotContain("hc-health-checker");

        assertThat(install(Chart.DIRECTORY, namespace).waitReady().call().getStatus())
                .as("once more, with what was kept")
                .isEqualTo("deployed");
        Helm.uninstall("hc")
                .withNamespace(namespace)
                .withKubeConfig(kubernetes.kubeconfig())
                .call();
        kubectl.demand("delete", "crd", DEFINITION);
    }

    /** A volume outlives its release, so its password must. */
    @Test
    void theSecretOfAVolumeIsKept() {
        String namespace = restrictedNamespace();
        install(Chart.DIRECTORY, namespace)
                .set("crds.enabled", false)
                .set("evaluation.postgresql.storage", "1Gi")
                .call();
        String secret = secret(namespace);

        Helm.uninstall("hc")
                .withNamespace(namespace)
                .withKubeConfig(kubernetes.kubeconfig())
                .call();
        install(Chart.DIRECTORY, namespace)
                .set("crds.enabled", false)
                .set("evaluation.postgresql.storage", "1Gi")
                .call();

        assertThat(secret(namespace)).isEqualTo(secret);
        Helm.uninstall("hc")
                .withNamespace(namespace)
                .withKubeConfig(kubernetes.kubeconfig())
                .call();
    }

    private static InstallCommand install(Path chart, String namespace) {
        return new Helm(chart)
                .install()
                .withName("hc")
                .withNamespace(namespace)
                .withKubeConfig(kubernetes.kubeconfig())
                .set("evaluation.enabled", true)
                .withTimeout(SECONDS);
    }

    private static String restrictedNamespace() {
        String namespace = kubernetes.freshNamespace();
        kubectl.demand("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted");
        return namespace;
    }

    private static String secret(String namespace) {
        return kubectl.demand("get", "secret", "-n", namespace, "hc-health-checker", "-o", "jsonpath={.data}");
    }

    private static String example(String name) {
        return Chart.checkout().resolve("examples/probes").resolve(name).toString();
    }

    /** This chart, with a field more in the definition. */
    private Path withFieldInDefinition(String field) throws IOException {
        Path copy = directory.resolve("health-checker");
        try (Stream<Path> files = Files.walk(Chart.DIRECTORY)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(Chart.DIRECTORY.relativize(file)));
            }
        }
        Path file = copy.resolve("files/crd.yaml");
        Map<String, Object> definition = Chart.yaml(file);
        new Thing(definition)
                .at("spec")
                .list("versions")
                .getFirst()
                .at("schema", "openAPIV3Schema", "properties", "spec", "properties")
                .content()
                .put(field, Map.of("type", "string", "maxLength", 8));
        Files.writeString(file, new Dump(DumpSettings.builder().build()).dumpToString(definition));
        return copy;
    }
}
