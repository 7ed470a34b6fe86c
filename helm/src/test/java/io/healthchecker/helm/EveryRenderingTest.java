package io.healthchecker.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What is true whatever the values say: asked of each values file of the tests and of the examples. */
@ParameterizedClass(name = "{0}")
@MethodSource("valuesFiles")
class EveryRenderingTest {
    private static final Set<String> OF_THE_CLUSTER = Set.of(
            "ClusterRole",
            "ClusterRoleBinding",
            "CustomResourceDefinition",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding");
    private static final List<String> PROCESSES = List.of("operator", "worker", "api-server");

    private final Path file;
    private final String text;
    private final Rendering rendering;

    EveryRenderingTest(Path file) {
        this.file = file;
        // passwords that are made need a look into a cluster; here there is none
        boolean makesPasswords = file.endsWith("examples/values/evaluation.yaml");
        this.text = makesPasswords ? Chart.text(file, "existingSecret=mine") : Chart.text(file);
        this.rendering = new Rendering(text);
    }

    static List<Path> valuesFiles() throws IOException {
        Path checkout = Chart.checkout();
        try (Stream<Path> tests = Files.list(checkout.resolve("helm/src/test/resources/values"));
                Stream<Path> examples = Files.list(checkout.resolve("examples/values"))) {
            return Stream.concat(tests, examples).sorted().toList();
        }
    }

    @Test
    void theThreeProcessesAreThere() {
        assertThat(PROCESSES)
                .allSatisfy(process ->
                        assertThat(rendering.workload(process).kind()).isEqualTo("Deployment"));
    }

    @Test
    void everyPodIsRestricted() {
        assertThat(rendering.workloads()).isNotEmpty().allSatisfy(workload -> {
            Thing pod = new Thing(workload.podSpec());
            assertThat(pod.at("securityContext").content()).containsEntry("runAsNonRoot", true);
            assertThat(pod.text("securityContext", "seccompProfile", "type")).isEqualTo("RuntimeDefault");
            assertThat(pod.text("hostNetwork") + pod.text("hostPID") + pod.text("hostIPC"))
                    .isEmpty();
            assertThat(pod.list("volumes"))
                    .allSatisfy(volume -> assertThat(volume.content().keySet())
                            .isSubsetOf("name", "emptyDir", "secret", "configMap", "projected", "csi"));
            assertThat(workload.containers()).isNotEmpty().allSatisfy(EveryRenderingTest::isRestricted);
        });
    }

    private static void isRestricted(Thing container) {
        assertThat(container.at("securityContext").content())
                .containsEntry("allowPrivilegeEscalation", false)
                .containsEntry("readOnlyRootFilesystem", true)
                .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
        assertThat(container.list("ports"))
                .allSatisfy(port -> assertThat(port.text("hostPort")).isEmpty());
        assertThat(container.at("resources", "requests").content()).containsKeys("cpu", "memory");
        assertThat(container.at("resources", "limits").content()).containsKey("memory");
    }

    @Test
    void onlyTheOperatorHasATokenOfKubernetes() {
        assertThat(rendering.workloads())
                .allSatisfy(workload -> assertThat(workload.podSpec().get("automountServiceAccountToken"))
                        .as(workload.toString())
                        .isEqualTo(workload.component().equals("operator")));
    }

    @Test
    void noSecretStandsAnywhereButInASecret() {
        List<String> others = Stream.of(text.split("(?m)^---\n"))
                .filter(document -> !document.contains("kind: Secret\n"))
                .toList();
        assertThat(others).noneMatch(document -> document.contains("s3cr3t"));
        assertThat(rendering.workloads().stream().flatMap(workload -> workload.containers().stream()))
                .allSatisfy(container -> assertThat(container.values("args"))
                        .noneMatch(argument -> argument.toString().contains("$(")));
    }

    @Test
    void everySelectorFindsItsPods() {
        rendering
                .things()
                .forEach(thing -> selectors(thing)
                        .forEach(selector -> assertThat(rendering.workloads())
                                .as("pods for %s: %s", thing, selector)
                                .anyMatch(workload ->
                                        workload.podLabels().entrySet().containsAll(selector.entrySet()))));
        assertThat(rendering.workloads().stream()
                        .filter(workload -> !workload.kind().equals("Pod")))
                .allSatisfy(workload -> assertThat(workload.podLabels())
                        .containsAllEntriesOf(
                                workload.at("spec", "selector", "matchLabels").content()));
    }

    private static Stream<Map<String, Object>> selectors(Thing thing) {
        return switch (thing.kind()) {
            case "Service" -> Stream.of(thing.at("spec", "selector").content());
            case "Deployment", "StatefulSet", "PodDisruptionBudget" ->
                Stream.of(thing.at("spec", "selector", "matchLabels").content());
            case "NetworkPolicy" ->
                Stream.of(thing.at("spec", "podSelector", "matchLabels").content());
            default -> Stream.empty();
        };
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        rendering.things().forEach(thing -> {
            switch (thing.kind()) {
                case "RoleBinding", "ClusterRoleBinding" ->
                    assertThat(rendering.of(thing.text("roleRef", "kind")))
                            .as("role of %s", thing)
                            .anyMatch(role -> role.name().equals(thing.text("roleRef", "name"))
                                    && role.namespace().equals(thing.namespace()));
                case "HorizontalPodAutoscaler", "ScaledObject" ->
                    rendering.one("Deployment", thing.text("spec", "scaleTargetRef", "name"));
                case "ValidatingAdmissionPolicyBinding" ->
                    rendering.one("ValidatingAdmissionPolicy", thing.text("spec", "policyName"));
                default -> {}
            }
        });
        String account = rendering.podSpec("operator").get("serviceAccountName").toString();
        if (!account.equals("theirs")) {
            rendering.one("ServiceAccount", account);
        }
    }

    @Test
    void everyThingIsNamedOnceAndLabelled() {
        assertThat(rendering.things())
                .extracting(thing -> thing.kind() + " " + thing.namespace() + "/" + thing.name())
                .doesNotHaveDuplicates();
        assertThat(rendering.things())
                .allSatisfy(thing -> assertThat(thing.name().length())
                        .as(thing.toString())
                        .isLessThanOrEqualTo(OF_THE_CLUSTER.contains(thing.kind()) ? 253 : 63));
        assertThat(rendering.things().stream()
                        .filter(thing -> !thing.kind().equals("ConfigMap")
                                || thing.name().endsWith("dashboard")))
                .allSatisfy(thing -> assertThat(thing.labels())
                        .as(thing.toString())
                        .containsKeys("app.kubernetes.io/name", "app.kubernetes.io/instance", "helm.sh/chart"));
        Object own = Chart.yaml(file).get("commonLabels");
        if (own != null) {
            assertThat(rendering.workloads())
                    .allSatisfy(thing -> assertThat(thing.labels()).containsAllEntriesOf(new Thing(own).content()));
        }
    }

    @Test
    void processesAreAskedWhetherTheyLiveAndEndedAfterTheyHaveDrained() {
        assertThat(PROCESSES).allSatisfy(process -> {
            Thing container = rendering.workload(process).containers().getFirst();
            assertThat(List.of("startupProbe", "livenessProbe"))
                    .allSatisfy(probe -> assertThat(container.text(probe, "httpGet", "path"))
                            .isEqualTo("/actuator/health/liveness"));
            assertThat(container.text("readinessProbe", "httpGet", "path")).isEqualTo("/actuator/health/readiness");
            assertThat(container.values("args").findFirst()).contains(process);
            Thing rolling = rendering.workload(process).at("spec", "strategy", "rollingUpdate");
            assertThat(rolling.text("maxUnavailable")).isEqualTo("0");
        });
        Thing worker = rendering.workload("worker");
        int drain = Integer.parseInt(variable(worker, "HC_WORKER_GRACE").replace("s", ""));
        String grace = new Thing(worker.podSpec()).text("terminationGracePeriodSeconds");
        assertThat(Integer.parseInt(grace)).isGreaterThan(drain + 10);
    }

    @Test
    void whoScalesIsOne() {
        List<Thing> scalers = Stream.of("HorizontalPodAutoscaler", "ScaledObject")
                .flatMap(rendering::of)
                .toList();
        assertThat(scalers).hasSizeLessThanOrEqualTo(1);
        assertThat(rendering.workload("worker").at("spec").content().containsKey("replicas"))
                .isEqualTo(scalers.isEmpty());
    }

    /** A variable that is named twice is an error of server-side apply. */
    @Test
    void everyVariableIsNamedOnce() {
        assertThat(rendering.workloads().stream().flatMap(workload -> workload.containers().stream()))
                .allSatisfy(container -> assertThat(container.list("env").stream()
                                .map(variable -> variable.text("name"))
                                .toList())
                        .doesNotHaveDuplicates());
    }

    private static String variable(Thing workload, String name) {
        return workload.containers().getFirst().list("env").stream()
                .filter(variable -> variable.text("name").equals(name))
                .map(variable -> variable.text("value"))
                .collect(Collectors.joining());
    }
}
