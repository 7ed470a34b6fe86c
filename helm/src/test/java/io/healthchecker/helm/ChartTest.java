package io.healthchecker.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single values do. */
class ChartTest {
    @Test
    void lintFindsNothing() {
        var result = new Helm(Chart.DIRECTORY).lint().strict().call();

        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
        assertThat(result.getMessages()).noneMatch(message -> message.contains("ERROR") || message.contains("WARN"));
    }

    @Test
    void theChartIsOfTheVersionOfTheProduct() {
        Map<String, Object> chart = Chart.yaml(Chart.DIRECTORY.resolve("Chart.yaml"));
        String version = Chart.read(Chart.checkout().resolve("pom.xml"))
                .lines()
                .map(String::strip)
                .filter(line -> line.endsWith("-SNAPSHOT</version>"))
                .findFirst()
                .orElseThrow()
                .replaceAll("<.?version>|-SNAPSHOT", "");

        assertThat(chart).containsEntry("version", version).containsEntry("appVersion", version);
        assertThat(chart.get("annotations").toString()).contains("ghcr.io/healthchecker/health-checker:" + version);
        assertThat(chart).doesNotContainKey("dependencies");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            worker.autoscaling.by=both                        | worker/autoscaling/by
            workers.replicas=3                                | additional properties 'workers' not allowed
            worker.pingGroupRange=all                         | worker/pingGroupRange
            worker.witnesses[0]=example.com                   | worker/witnesses/0
            worker.replica=3                                  | additional properties 'replica' not allowed
            operator.replicas=0                               | minimum: got 0, want 1
            operator.status.reporting=Always                  | reporting
            image.digest=latest                               | digest
            image.pullPolicy=Sometimes                        | pullPolicy
            clusterId=West                                    | clusterId
            dashboardUrl=health.example.com                   | dashboardUrl
            policies.actions[0]=Refuse                        | actions
            apiServer.service.port=0                          | minimum: got 0, want 1
            podSecurityContext.runAsUser=0                    | minimum: got 0, want 1
            """)
    void whatIsNoValueIsRefused(String value, String message) {
        assertThatThrownBy(() -> Chart.text(Chart.values("default"), value)).hasMessageContaining(message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            existingSecret=                                    | no Secret has DATABASE_URL: name one of yours in existingSecret or database.existingSecret, or try the product by evaluation.enabled=true
            worker.autoscaling.by=KEDA                         | worker.autoscaling.by=KEDA needs worker.autoscaling.prometheusUrl or worker.autoscaling.triggers
            worker.autoscaling.minReplicas=11                  | worker.autoscaling.minReplicas is 11; it must not be above maxReplicas (10)
            apiServer.ingress.enabled=true                     | apiServer.ingress.enabled needs apiServer.ingress.host
            apiServer.httpRoute.enabled=true                   | apiServer.httpRoute.enabled needs apiServer.httpRoute.parentRefs
            serviceAccount.create=false                        | serviceAccount.create is false: name an account in serviceAccount.name
            """)
    void whatDoesNotGoTogetherIsExplained(String value, String message) {
        assertThatThrownBy(() -> Chart.text(Chart.values("default"), value)).hasMessageContaining(message);
    }

    @Test
    void kubernetesThatIsTooOldIsRefused() {
        assertThatThrownBy(() -> Chart.template("hc", "hc", Chart.values("default"))
                        .withKubeVersion("1.29.9")
                        .call())
                .hasMessageContaining("requires kubeVersion: >=1.30.0-0");
    }

    @Test
    void theDefinitionStaysUnlessSaidOtherwise() {
        assertThat(definition("crds.keep=true").text("metadata", "annotations", "helm.sh/resource-policy"))
                .isEqualTo("keep");
        assertThat(definition("crds.keep=false").text("metadata", "annotations", "helm.sh/resource-policy"))
                .isEmpty();
        assertThat(rendering("bare").of("CustomResourceDefinition")).isEmpty();
    }

    private static Thing definition(String value) {
        return Chart.render(Chart.values("default"), value)
                .one("CustomResourceDefinition", "healthcheckservices.healthchecker.io");
    }

    @Test
    void theOperatorMayNothingMoreThanItDoes() {
        assertThat(permissions(rendering("default")))
                .containsExactlyInAnyOrder(
                        "coordination.k8s.io/leases: create",
                        "coordination.k8s.io/leases hc-health-checker-operator: get, update",
                        "/namespaces: get",
                        "healthchecker.io/healthcheckservices: get, list, watch",
                        "healthchecker.io/healthcheckservices/status: patch",
                        "events.k8s.io/events: create, get, patch",
                        // in its own namespace, which need not be among the watched ones
                        "events.k8s.io/events: create, get, patch");
    }

    @Test
    void watchedNamespacesGetRolesAndTheClusterNone() {
        Rendering rendering = rendering("namespaced");
        List<Thing> ofTheCluster = rendering.of("ClusterRole").toList();

        assertThat(ofTheCluster).hasSize(1);
        assertThat(rules(ofTheCluster.getFirst())).containsExactly("/namespaces shop bank kube-system: get");
        assertThat(rendering.of("Role").map(role -> role.namespace() + " " + role.name()))
                .containsExactlyInAnyOrder(
                        "hc-system hc-health-checker-operator-lease",
                        "shop hc-system-hc-health-checker-operator",
                        "bank hc-system-hc-health-checker-operator",
                        "shop hc-system-hc-health-checker-operator-secrets");
        assertThat(variables(rendering, "operator"))
                .containsEntry("HC_OPERATOR_KUBERNETES_NAMESPACES", "shop,bank")
                .containsEntry("HC_OPERATOR_KUBERNETES_SECRETS", "true")
                .containsEntry("HC_OPERATOR_KUBERNETES_SECRETNAMESPACES", "shop")
                .containsEntry("HC_OPERATOR_KUBERNETES_TEAM", "7")
                .containsEntry("HC_OPERATOR_KUBERNETES_CLUSTERID", "west");
    }

    @Test
    void secretsAreReadOnlyWhereSomebodySaidSo() {
        assertThat(permissions(rendering("default"))).noneMatch(rule -> rule.contains("secrets"));
        assertThat(variables(rendering("default"), "operator"))
                .containsEntry("HC_OPERATOR_KUBERNETES_SECRETS", "false");
        assertThat(permissions(rendering("secrets-everywhere"))).contains("/secrets: list, watch");
        assertThat(variables(rendering("secrets-everywhere"), "operator"))
                .containsEntry("HC_OPERATOR_KUBERNETES_SECRETS", "true")
                .doesNotContainKey("HC_OPERATOR_KUBERNETES_SECRETNAMESPACES");
    }

    @Test
    void peopleMayByTheirRolesInANamespace() {
        Rendering rendering = rendering("default");
        assertThat(rules(rendering.one("ClusterRole", "hc-system-hc-health-checker-view")))
                .containsExactly("healthchecker.io/healthcheckservices: get, list, watch");
        assertThat(rules(rendering.one("ClusterRole", "hc-system-hc-health-checker-edit")))
                .containsExactly(
                        "healthchecker.io/healthcheckservices: create, update, patch, delete, deletecollection");
    }

    @Test
    void settingsBecomeVariables() {
        assertThat(variables(rendering("scheduled"), "worker"))
                .containsEntry("HC_SCHEDULE_SHEDAFTER", "45s")
                .containsEntry("HC_WORKER_CAPACITY", "4000000")
                .containsEntry("A", "b");
        assertThat(variables(rendering("isolated"), "worker"))
                .containsEntry("HC_PROBE_EGRESS_PRESET", "KUBERNETES")
                .containsEntry("HC_PROBE_EGRESS_ALLOW", "10.20.0.0/16")
                .containsEntry("HC_PROBE_EGRESS_DENY", "10.0.0.0/8")
                .containsEntry("HC_PROBE_EGRESS_DENYPORTS", "25")
                .containsEntry("HC_CONNECTIVITY_WITNESSES", "https://example.com/,tcp://192.0.2.1:443");
        assertThat(variables(rendering("default"), "worker")).doesNotContainKey("HC_CONNECTIVITY_WITNESSES");
    }

    @Test
    void imagesComeFromWhereTheParentChartSays() {
        assertThat(image(rendering("scheduled"), "worker"))
                .startsWith("mirror.example.com/healthchecker/health-checker@sha256:0123");
        assertThat(image(rendering("evaluation"), "postgresql")).isEqualTo("docker.io/library/postgres:17-alpine");
        Rendering mirrored = Chart.render(Chart.values("evaluation"), "global.imageRegistry=mirror.example.com");
        assertThat(image(mirrored, "postgresql")).isEqualTo("mirror.example.com/library/postgres:17-alpine");
    }

    private static String image(Rendering rendering, String component) {
        return rendering.workload(component).containers().getFirst().text("image");
    }

    @Test
    void secretsOfTheUserAreReferredToByTheirNames() {
        Rendering rendering = rendering("secrets-apart");
        List<String> references = rendering.workload("api-server").containers().getFirst().list("env").stream()
                .filter(variable ->
                        !variable.text("valueFrom", "secretKeyRef", "name").isEmpty())
                .map(variable -> "%s: %s %s"
                        .formatted(
                                variable.text("name"),
                                variable.text("valueFrom", "secretKeyRef", "name"),
                                variable.text("valueFrom", "secretKeyRef", "key")))
                .toList();
        assertThat(references)
                .containsExactly(
                        "DATABASE_URL: db uri",
                        "REDIS_URL: cache uri",
                        "JWT_SECRET: signing current",
                        "JWT_SECRET_PREVIOUS: signing previous");
        assertThat(rendering.of("Secret")).isEmpty();
    }

    @Test
    void onOpenshiftTheClusterChoosesTheUser() {
        assertThat(new Thing(rendering("openshift").podSpec("worker"))
                        .at("securityContext")
                        .content()
                        .keySet())
                .containsExactlyInAnyOrder("runAsNonRoot", "seccompProfile", "sysctls");
    }

    @Test
    void workersAloneMayPing() {
        assertThat(new Thing(rendering("default").podSpec("worker"))
                        .at("securityContext")
                        .list("sysctls"))
                .singleElement()
                .satisfies(sysctl -> {
                    assertThat(sysctl.text("name")).isEqualTo("net.ipv4.ping_group_range");
                    assertThat(sysctl.text("value")).isEqualTo("0 2147483647");
                });
        assertThat(new Thing(rendering("isolated").podSpec("worker"))
                        .at("securityContext")
                        .content())
                .doesNotContainKey("sysctls");
        assertThat(new Thing(rendering("default").podSpec("api-server"))
                        .at("securityContext")
                        .content())
                .doesNotContainKey("sysctls");
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator", "worker", "api-server"})
    void whatIsFreeGoesToEachProcess(String process) {
        Rendering rendering = rendering("scheduled");
        Thing pod = new Thing(rendering.podSpec(process));
        assertThat(pod.text("priorityClassName")).isEqualTo("high");
        assertThat(pod.at("nodeSelector").content()).containsEntry("pool", "health");
        assertThat(pod.list("tolerations")).hasSize(1);
        assertThat(pod.list("imagePullSecrets").stream().map(secret -> secret.text("name")))
                .containsExactly("global", "registry");
        assertThat(pod.list("topologySpreadConstraints").stream().map(spread -> spread.text("topologyKey")))
                .containsExactly("rack");
        assertThat(rendering.one("PodDisruptionBudget", "watch-" + process).text("spec", "maxUnavailable"))
                .isEqualTo("50%");
    }

    /** Names of a cluster belong to everybody: two releases of one name in two namespaces do not meet. */
    @Test
    void releasesDoNotMeet() {
        Set<String> first = ofTheCluster("one");
        assertThat(first).isNotEmpty().doesNotContainAnyElementsOf(ofTheCluster("two"));
    }

    private static Set<String> ofTheCluster(String namespace) {
        var rendering = new Rendering(
                Chart.template("hc", namespace, Chart.values("policies")).call());
        return rendering.things().stream()
                .filter(thing -> thing.namespace().isEmpty() && !thing.kind().equals("CustomResourceDefinition"))
                .map(Thing::toString)
                .collect(Collectors.toSet());
    }

    /** What the operator's account is bound to. */
    private static List<String> permissions(Rendering rendering) {
        Set<String> bound = Stream.of("RoleBinding", "ClusterRoleBinding")
                .flatMap(rendering::of)
                .map(binding -> binding.text("roleRef", "kind") + " " + binding.text("roleRef", "name"))
                .collect(Collectors.toSet());
        return rendering.things().stream()
                .filter(role -> bound.contains(role.toString()))
                .flatMap(role -> rules(role).stream())
                .toList();
    }

    private static List<String> rules(Thing role) {
        return role.list("rules").stream()
                .map(rule -> "%s/%s%s: %s"
                        .formatted(
                                words(rule, "apiGroups", " "),
                                words(rule, "resources", " "),
                                rule.values("resourceNames")
                                        .map(name -> " " + name)
                                        .collect(Collectors.joining()),
                                words(rule, "verbs", ", ")))
                .toList();
    }

    private static String words(Thing rule, String name, String separator) {
        return rule.values(name).map(Object::toString).collect(Collectors.joining(separator));
    }

    private static Map<String, String> variables(Rendering rendering, String process) {
        return rendering.workload(process).containers().getFirst().list("env").stream()
                .collect(Collectors.toMap(variable -> variable.text("name"), variable -> variable.text("value")));
    }

    private static Rendering rendering(String values) {
        return Chart.render(Chart.values(values));
    }
}
