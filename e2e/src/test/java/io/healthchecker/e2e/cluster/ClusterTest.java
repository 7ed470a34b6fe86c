package io.healthchecker.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.cluster.RealNode;
import io.healthchecker.cluster.Tool;
import io.healthchecker.testing.Invariants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The image and the chart on a node on which pods really run. Needs root. */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterTest {
    private static final int SERVICES = 400; // every two seconds
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TARGET = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                    - name: web
                      image: "%s"
                      imagePullPolicy: Never
                      args: [serve, ":8080"]
                      resources: {requests: {cpu: 250m}} # or it answers late whenever a JVM starts
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {selector: {app: web}, ports: [{port: 8080}]}
            """.formatted(Images.TARGET);
    private static final String SERVICE = """
            apiVersion: healthchecker.io/v1alpha1
            kind: HealthCheckService
            metadata: {name: %s, namespace: shop}
            spec: {http: {url: "http://web.shop.svc.cluster.local:8080/"}, periodSeconds: 2, timeoutSeconds: 1%s}
            """;

    /** The chart of a team that brings its checks along. */
    private static final String RELEASED = """
            apiVersion: healthchecker.io/v1alpha1
            kind: HealthCheckService
            metadata: {name: "{{ .Release.Name }}"}
            spec:
              http:
                url: http://127.0.0.1:1/
                {{- with .Values.secret }}
                headers: [{name: Authorization, valueFrom: {secretKeyRef: {name: "{{ . }}", key: token}}}]
                {{- end }}
              periodSeconds: {{ .Values.period | default 2 }}
              timeoutSeconds: 1
              failureThreshold: 1
            """;

    private static RealNode node;
    private static Release release;
    private static Invariants data;

    @BeforeAll
    static void installsTheChart() {
        node = Machine.shared().node();
        release = new Release(node);
        release.install();
        data = release.invariants();
        kubectl().reading(TARGET).demand("apply", "-f", "-");
        kubectl().demand("rollout", "status", "deployment/web", "-n", "shop", "--timeout=60s");
    }

    @AfterAll
    static void uninstallsIt() {
        release.uninstall();
        kubectl().demand("delete", "namespace", "shop");
    }

    @Test
    @Order(1)
    void aResourceIsCheckedByAPodAndItsStatusFollows() {
        kubectl()
                .reading(SERVICE.formatted("checkout", ", failureThreshold: 2, successThreshold: 1"))
                .demand("apply", "-f", "-");
        awaitState("checkout", "Up");

        answer(503);
        awaitState("checkout", "Down");
        kubectl().demand("wait", "hcs/checkout", "-n", "shop", "--for=condition=Healthy=false", "--timeout=60s");

        answer(200);
        awaitState("checkout", "Up");
        kubectl().demand("delete", "hcs/checkout", "-n", "shop");
    }

    @Test
    @Order(2)
    void noSlotIsLostWhilePodsAreDeletedAndTheReleaseIsRolled() {
        watchMany();
        Turn turn = new Turn(data);

        release.deletePodOf("worker");
        release.deletePodOf("operator");
        release.deletePodOf("api-server");
        release.upgrade("second");

        turn.end();
        System.out.println("pods deleted and release rolled: " + turn.summary());
        assertThat(turn.gaps()).isEmpty();
        memory().forEach(System.out::println);
    }

    @Test
    @Order(3)
    void theLossOfRedisAndPostgresqlLeavesRecordedGapsAtTheMost() {
        watchMany();
        for (String store : List.of("redis", "postgresql")) {
            Turn turn = new Turn(data);

            release.deletePodOf(store);
            awaitChecks(System.currentTimeMillis());

            turn.end();
            System.out.println(store + " deleted: " + turn.summary() + ", gaps " + turn.gaps());
        }
    }

    @Test
    @Order(4)
    void helmTestPasses() {
        var ended = release.helm()
                .run("test", release.name()); // with its logs it fails, since its pod goes when it succeeds
        assertThat(ended.code())
                .as(() -> ended.err() + release.kubectl().run("logs", "-l", "app.kubernetes.io/component=test"))
                .isZero();
    }

    @Test
    @Order(5)
    void aReleaseWithADeadTargetInstallsWithWaitAndOneThatNamesAMissingSecretDoesNot(@TempDir Path chart)
            throws IOException {
        Files.writeString(chart.resolve("Chart.yaml"), "{apiVersion: v2, name: shop, version: 1.0.0}");
        Files.createDirectory(chart.resolve("templates"));
        Files.writeString(chart.resolve("templates/service.yaml"), RELEASED);

        installed(chart, "dead", "--set=period=2").demand();
        kubectl().demand("wait", "hcs/dead", "-n", "shop", "--for=condition=Healthy=false", "--timeout=60s");
        installed(chart, "dead", "--set=period=3").demand(); // while it is Down

        var refused =
                installed(chart, "secretive", "--set=secret=token-of-nobody").run();
        assertThat(refused.code()).isNotZero();
        assertThat(refused.err()).contains("HealthCheckService", "secretive", "not ready");
        assertThat(kubectl()
                        .demand(
                                "get",
                                "hcs/secretive",
                                "-n",
                                "shop",
                                "-o",
                                "jsonpath={.status.conditions[?(@.type==\"Ready\")]}"))
                .contains("SecretNotFound", "token-of-nobody");

        kubectl().demand("create", "secret", "generic", "token-of-nobody", "-n", "shop", "--from-literal=token=t");
        kubectl().demand("label", "secret", "token-of-nobody", "-n", "shop", "healthchecker.io/probe-secret=true");
        installed(chart, "secretive", "--set=secret=token-of-nobody").demand();
        for (String each : List.of("dead", "secretive")) {
            node.plane().helm4().demand("uninstall", each, "--namespace", "shop");
        }
    }

    /** Helm 4, which waits for what a resource says of itself. */
    private static Tool installed(Path chart, String name, String set) {
        return node.plane()
                .helm4()
                .and("upgrade", "--install", name, chart.toString(), "--namespace", "shop")
                .and("--wait", "--timeout", "30s", set);
    }

    /** Declares so many services that two hundred checks are due every second, and waits until all are checked. */
    private static void watchMany() {
        kubectl()
                .reading(IntStream.range(0, SERVICES)
                        .mapToObj(number -> SERVICE.formatted("service-" + number, ""))
                        .collect(Collectors.joining("---\n")))
                .demand("apply", "--server-side", "-f", "-");
        awaitChecks(0);
    }

    /** Waits until each service has been checked since an instant, epoch milliseconds, and of late. */
    private static void awaitChecks(long since) {
        await("a check of each service")
                .atMost(SOON)
                .ignoreExceptions() // PostgreSQL may just be back
                .until(() -> data.number(RECENTLY_CHECKED, since) == SERVICES);
    }

    private static final String RECENTLY_CHECKED = """
            SELECT count(DISTINCT service_id) FROM check_result
             WHERE slot > greatest(?, extract(epoch FROM clock_timestamp()) * 1000 - 4000)
            """;

    /** What each container holds, from its cgroup. */
    private static List<String> memory() {
        String pods = release.kubectl()
                .demand("get", "pods", "-o", "jsonpath={range .items[*]}{.metadata.name} {.metadata.uid}{'\\n'}{end}");
        return pods.lines()
                .map(line -> line.split(" "))
                .map(pod -> {
                    Tool find = Tool.of("sh", "-c", """
                    file=$(find /sys/fs/cgroup -path "*pod$0*" \\( -name memory.usage_in_bytes -o -name memory.current \\) | awk '{print length, $0}' | sort -n | head -1 | cut -d ' ' -f 2)
                    echo $(($(cat "$file") / 1048576)) MB, inactive files $(($(awk '/^(total_)?inactive_file /{n=$2} END {print n}' "${file%/*}/memory.stat") / 1048576)) MB
                    """);
                    return pod[0] + ": " + find.run(pod[1]).lastLine();
                })
                .toList();
    }

    private static void answer(int status) {
        kubectl()
                .demand(
                        "exec",
                        "-n",
                        "shop",
                        "deployment/web",
                        "--",
                        "/target",
                        "put",
                        "http://localhost:8080/" + status);
    }

    private static void awaitState(String name, String state) {
        await(name + " is " + state)
                .atMost(SOON)
                .until(
                        () -> kubectl().demand("get", "hcs", name, "-n", "shop", "-o", "jsonpath={.status.state}"),
                        state::equals);
    }

    private static Tool kubectl() {
        return node.plane().kubectl();
    }
}
