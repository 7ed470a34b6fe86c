package io.healthchecker.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.cluster.Tool;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** A real API server takes every object that is rendered, and every pod under the restricted standard. */
class AcceptanceTest {
    /** Their definitions are not available here; their shapes are looked at elsewhere. */
    private static final Set<String> OF_OTHERS =
            Set.of("ServiceMonitor", "PrometheusRule", "ScaledObject", "HTTPRoute");

    private static final TestKubernetes KUBERNETES = TestKubernetes.shared();

    @BeforeAll
    static void makeWhatValuesName() {
        for (String name : List.of(Chart.NAMESPACE, "elsewhere", "shop", "shop-staging", "bank")) {
            KUBERNETES.apply("""
                    apiVersion: v1
                    kind: Namespace
                    metadata:
                      name: %s
                      labels:
                        pod-security.kubernetes.io/enforce: restricted
                    """.formatted(name));
        }
        KUBERNETES.apply("""
                apiVersion: scheduling.k8s.io/v1
                kind: PriorityClass
                metadata: {name: high}
                value: 1000
                """);
    }

    static Stream<Path> valuesFiles() throws Exception {
        return EveryRenderingTest.valuesFiles().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("valuesFiles")
    void everythingIsAccepted(Path file) {
        Rendering rendering = Chart.render(file, "existingSecret=mine");
        List<Object> objects = new ArrayList<>();
        rendering.things().stream()
                .filter(thing -> !OF_OTHERS.contains(thing.kind()))
                .forEach(thing -> objects.add(thing.content()));
        rendering.workloads().forEach(workload -> objects.add(pod(workload)));
        String list =
                JsonMapper.shared().writeValueAsString(Map.of("apiVersion", "v1", "kind", "List", "items", objects));

        Tool.Ended applied = KUBERNETES
                .kubectl()
                .reading(list)
                .run("apply", "--server-side", "--dry-run=server", "--force-conflicts", "-f", "-");

        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(applied.err()).doesNotContain("Warning");
        assertThat(applied.out().lines()).hasSameSizeAs(objects);
    }

    /** A pod as the controller of a workload would make it: it is pods that are admitted or not. */
    private static Map<String, Object> pod(Thing workload) {
        Map<String, Object> spec = new HashMap<>(workload.podSpec());
        workload.list("spec", "volumeClaimTemplates")
                .forEach(claim -> spec.put("volumes", withClaim(new Thing(spec), claim.name())));
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                Map.of(
                        "name", "as-of-" + workload.name(),
                        "namespace", workload.namespace(),
                        "labels", workload.podLabels()),
                "spec",
                spec);
    }

    private static List<Object> withClaim(Thing spec, String name) {
        List<Object> volumes = new ArrayList<>(spec.values("volumes").toList());
        volumes.add(Map.of("name", name, "persistentVolumeClaim", Map.of("claimName", name)));
        return volumes;
    }
}
