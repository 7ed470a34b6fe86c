package io.healthchecker.e2e.cluster;

import static org.awaitility.Awaitility.await;

import io.healthchecker.cluster.RealNode;
import io.healthchecker.cluster.Tool;
import io.healthchecker.testing.Invariants;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** The product, installed by its chart in evaluation mode. */
final class Release {
    static final String NAMESPACE = "health-checker";
    private static final String NAME = "hc";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String VALUES = """
            environment: development
            image: {registry: localhost, repository: health-checker, tag: test, pullPolicy: Never}
            evaluation:
              enabled: true
              postgresql: {image: "%1$s", runAsUser: 999, storage: 1Gi}
              redis: {image: "%1$s", runAsUser: 999}
            operator: {secretNamespaces: ["*"], settings: {hc.schedule.audit-after: 30s}}
            """.formatted(Images.SERVICES);

    private final RealNode node;

    Release(RealNode node) {
        this.node = node;
    }

    /** Installs it for the first time. */
    void install() {
        String data = node.path().resolve("postgresql").toString();
        node.enter("mkdir").demand("-p", data);
        node.plane().kubectl().reading(volume(data)).demand("apply", "-f", "-");
        upgrade("first");
    }

    /** What a cluster's provisioner would make: the data of PostgreSQL outlives its pod. */
    private static String volume(String directory) {
        return """
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: postgresql}
                spec:
                  capacity: {storage: 1Gi}
                  accessModes: [ReadWriteOnce]
                  local: {path: "%s"}
                  nodeAffinity:
                    required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: Exists}]}]}
                """.formatted(directory);
    }

    /** Deletes a pod of a component as the drain of a node does, and returns when another one is ready in its place. */
    void deletePodOf(String component) {
        String selected = "app.kubernetes.io/component=" + component;
        List<String> before = pods(selected);
        String pod = before.getFirst().split(" ")[0];
        kubectl().demand("delete", "pod", pod);
        await("another pod " + component)
                .atMost(SOON)
                .until(() -> pods(selected), now -> now.size() == before.size() && !now.contains(before.getFirst()));
        kubectl().demand("wait", "--for=condition=Ready", "pod", "-l", selected, "--timeout=180s");
    }

    /** Name and identity of each. */
    private List<String> pods(String selected) {
        String each = "jsonpath={range .items[*]}{.metadata.name} {.metadata.uid}{'\\n'}{end}";
        return kubectl()
                .demand("get", "pods", "-l", selected, "-o", each)
                .lines()
                .toList();
    }

    /** Removes it. */
    void uninstall() {
        helm().demand("uninstall", NAME, "--wait");
    }

    /** Installs it, or rolls every pod of it; returns when all of them are ready. */
    void upgrade(String turn) {
        Path chart = Images.checkout().resolve("helm/health-checker");
        node.plane()
                .helm()
                .reading(VALUES)
                .demand(
                        "upgrade",
                        "--install",
                        NAME,
                        chart.toString(),
                        "--namespace",
                        NAMESPACE,
                        "--create-namespace",
                        "--wait",
                        "--timeout",
                        "5m",
                        "--values",
                        "-",
                        "--set-string",
                        "operator.podAnnotations.turn=" + turn,
                        "--set-string",
                        "worker.podAnnotations.turn=" + turn,
                        "--set-string",
                        "apiServer.podAnnotations.turn=" + turn);
    }

    /** What is true of the data, asked of the database in its pod. */
    Invariants invariants() {
        String address = kubectl()
                .demand(
                        "get",
                        "service",
                        "-l",
                        "app.kubernetes.io/component=postgresql",
                        "-o",
                        "jsonpath={.items[0].spec.clusterIP}");
        String password = kubectl().demand("get", "secret", fullname(), "-o", "jsonpath={.data.postgresql-password}");
        var database = new PGSimpleDataSource();
        database.setUrl("jdbc:postgresql://127.0.0.1:%d/health_checker"
                .formatted(node.forward("postgresql", address + ":5432")));
        database.setUser("health");
        database.setPassword(new String(Base64.getDecoder().decode(password), StandardCharsets.UTF_8));
        return new Invariants(database);
    }

    /** Of everything that is installed. */
    private String fullname() {
        return kubectl()
                .demand(
                        "get",
                        "service",
                        "-l",
                        "app.kubernetes.io/component=postgresql",
                        "-o",
                        "jsonpath={.items[0].metadata.name}")
                .replaceFirst("-postgresql$", "");
    }

    Tool helm() {
        return node.plane().helm().and("--namespace", NAMESPACE);
    }

    String name() {
        return NAME;
    }

    /** kubectl in the namespace of the release. */
    Tool kubectl() {
        return node.plane().kubectl().and("--namespace", NAMESPACE);
    }
}
