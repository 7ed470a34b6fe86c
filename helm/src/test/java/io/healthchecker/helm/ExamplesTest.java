package io.healthchecker.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.cluster.Tool;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people copy works: applied to a real API server. */
class ExamplesTest {
    private static final TestKubernetes KUBERNETES = TestKubernetes.shared().withFakeNodes();
    private static final List<String> KINDS =
            List.of("dns", "grpc", "heartbeat", "http", "icmp", "tcp", "tls", "websocket");

    private static String namespace = "";

    @BeforeAll
    static void apply() {
        KUBERNETES.apply(Chart.DIRECTORY.resolve("files/crd.yaml"));
        namespace = KUBERNETES.freshNamespace();
    }

    static Stream<Path> resources() throws IOException {
        try (Stream<Path> probes = Files.list(Chart.checkout().resolve("examples/probes"));
                Stream<Path> files = Files.list(Chart.checkout().resolve("examples/files"))) {
            return Stream.concat(probes, files).sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("resources")
    void isAccepted(Path file) {
        Tool.Ended applied = KUBERNETES.kubectl().run("apply", "-n", namespace, "-f", file.toString());

        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(applied.err()).isEmpty();
    }

    @Test
    void thereIsOneForEachKind() throws IOException {
        try (Stream<Path> files = Files.list(Chart.checkout().resolve("examples/probes"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                            .sorted())
                    .isEqualTo(KINDS);
        }
        for (String kind : KINDS) {
            String text = Files.readString(Chart.checkout().resolve("examples/probes/" + kind + ".yaml"));
            assertThat(new Rendering(text)
                            .things().stream().map(each -> each.at("spec").content()))
                    .isNotEmpty()
                    .allSatisfy(spec -> assertThat(spec).containsKey(kind));
        }
    }

    /** install.yaml brings everything up, where the Secret is there. Pods do not run on these nodes. */
    @Test
    void theManifestsWithoutHelmBringEverythingUp() {
        Tool kubectl = KUBERNETES.kubectl();
        String file = Chart.checkout().resolve("install.yaml").toString();
        try {
            kubectl.demand("apply", "--server-side", "--force-conflicts", "-f", file);
            kubectl.demand(
                    "wait",
                    "--for=condition=Available",
                    "deployment",
                    "--all",
                    "-n",
                    "health-checker",
                    "--timeout=180s");
            assertThat(kubectl.demand("get", "deployment", "-n", "health-checker", "-o", "name")
                            .lines())
                    .hasSize(3);
        } finally {
            kubectl.demand("delete", "namespace", "health-checker", "--wait=false");
            kubectl.demand(
                    "delete",
                    "validatingadmissionpolicybindings,validatingadmissionpolicies",
                    "-l",
                    "app.kubernetes.io/instance=health-checker");
        }
    }
}
