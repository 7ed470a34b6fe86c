package io.healthchecker.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods that really run. Needs root. */
@Tag("cluster")
class RealNodeTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String WEB = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                    - name: web
                      image: localhost/target:1
                      imagePullPolicy: Never
                      args: [serve, ":8080"]
                      readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 1}
                      resources: {limits: {memory: 64Mi, cpu: 500m}}
                      securityContext:
                        runAsUser: 10001
                        runAsNonRoot: true
                        readOnlyRootFilesystem: true
                        allowPrivilegeEscalation: false
                        capabilities: {drop: [ALL]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
            """;

    private static ClusterFolder folder;
    private static RealNode node;

    @BeforeAll
    static void startsANode(@TempDir Path images) throws IOException {
        Programs programs = Programs.ofUser(System.err::println);
        folder = ClusterFolder.ofThisJvm();
        node = RealNode.start(folder, programs, System.err::println);
        Path root = Files.createDirectory(images.resolve("root"));
        Files.copy(programs.get(Program.TARGET), root.resolve("target"));
        node.load(new ImageArchive("localhost/target:1", List.of(root), List.of("/target"))
                .write(images.resolve("target.tar")));
        node.plane().kubectl().reading(WEB).demand("apply", "-f", "-");
        node.plane().kubectl().demand("rollout", "status", "deployment/web", "--timeout=90s");
    }

    /** Nothing of it is left: no process, no mount, no cgroup, no file. */
    @AfterAll
    static void endsWithoutATrace() throws IOException {
        Path path = folder.path();
        String cgroup = folder.read("cgroup").strip();
        folder.end();

        assertThat(path).doesNotExist();
        assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(path.toString());
        assertThat(Tool.of("find", "/sys/fs/cgroup", "-name").demand(cgroup)).isEmpty();
        assertThat(ProcessHandle.allProcesses()
                        .filter(each -> each.info().commandLine().orElse("").contains(path.toString())))
                .isEmpty();
    }

    @Test
    void aServiceAnswersByItsName() {
        for (String name : List.of("web.default.svc.cluster.local", "web")) {
            // kube-proxy learns of ready pods a moment after kubectl
            await().atMost(SOON)
                    .ignoreExceptionsInstanceOf(ClusterFailure.class)
                    .untilAsserted(() -> assertThat(inAPod("/target", "get", "http://%s/".formatted(name)))
                            .startsWith("200\nweb-"));
        }
    }

    @Test
    void thePodOfAnAccountReachesTheApiServer() {
        assertThat(inAPod("/target", "get", "http://kubernetes.default:443/")).contains("HTTPS server");
    }

    @Test
    void aDeletedPodIsReplaced() {
        String before = podNames();

        node.plane().kubectl().demand("delete", "pod", before.split(" ")[0], "--wait=true");
        node.plane().kubectl().demand("rollout", "status", "deployment/web", "--timeout=60s");

        assertThat(podNames()).isNotEqualTo(before);
    }

    @Test
    void logsAreRead() {
        await().atMost(SOON)
                .until(() ->
                        node.plane().kubectl().demand("logs", "deployment/web").contains("serving at :8080"));
    }

    private static String inAPod(String... command) {
        return node.plane().kubectl().and("exec", "deployment/web", "--").demand(command);
    }

    private static String podNames() {
        return node.plane()
                .kubectl()
                .demand("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[*].metadata.name}");
    }
}
