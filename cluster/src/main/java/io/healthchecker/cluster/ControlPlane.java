package io.healthchecker.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * etcd and kube-apiserver on free ports of loopback and, where asked for, what makes pods of Deployments and lets them
 * seem to run. Nothing is synced to disk. The one user is an administrator; service accounts get real tokens.
 */
public final class ControlPlane implements AutoCloseable {
    private static final String ETCD = Program.ETCD.fileName();
    private static final String API_SERVER = Program.KUBE_APISERVER.fileName();
    private static final Duration START = Duration.ofMinutes(2);
    private static final int TOKEN_BYTES = 16;

    private final ClusterFolder folder;
    private final Programs programs;
    private final int port = Ports.free();
    private final int etcdPort = Ports.free();
    private final int peerPort = Ports.free();
    private final SigningKeys keys;
    private final String token;
    private @Nullable Process guard;

    private ControlPlane(ClusterFolder folder, Programs programs) {
        this.folder = folder;
        this.programs = programs;
        this.keys = SigningKeys.make(folder);
        this.token = randomToken();
    }

    /** One that stays up until its folder is ended. */
    public static ControlPlane start(ClusterFolder folder, Programs programs) {
        programs.demand(Program.ETCD, Program.KUBE_APISERVER, Program.KUBECTL);
        var plane = new ControlPlane(folder, programs);
        plane.begin();
        return plane;
    }

    /** One that goes when it is closed, or with this JVM, however that ends. */
    public static ControlPlane startForThisJvm(Programs programs) {
        programs.demand(Program.ETCD, Program.KUBE_APISERVER, Program.KUBECTL);
        var folder = ClusterFolder.temporary();
        Process guard = folder.endWithThisJvm();
        var plane = new ControlPlane(folder, programs);
        plane.guard = guard;
        plane.begin();
        return plane;
    }

    private void begin() {
        startEtcd();
        folder.write("tokens.csv", "%s,admin,admin,\"system:masters\"%n".formatted(token));
        startApiServer();
    }

    private void startEtcd() {
        String url = "http://127.0.0.1:" + etcdPort;
        String peer = "http://127.0.0.1:" + peerPort;
        folder.start(
                ETCD,
                List.of(
                        programs.get(Program.ETCD).toString(),
                        "--data-dir=" + folder.resolve("etcd"),
                        "--unsafe-no-fsync",
                        "--log-level=error",
                        "--listen-client-urls=" + url,
                        "--advertise-client-urls=" + url,
                        "--listen-peer-urls=" + peer,
                        "--initial-advertise-peer-urls=" + peer,
                        "--initial-cluster=default=" + peer));
    }

    /** Starts the API server, also after {@link #stopApiServer}, at the same address with what it knew. Returns when it is ready. */
    public void startApiServer() {
        folder.start(
                API_SERVER,
                List.of(
                        programs.get(Program.KUBE_APISERVER).toString(),
                        "--etcd-servers=http://127.0.0.1:" + etcdPort,
                        "--bind-address=127.0.0.1",
                        "--advertise-address=127.0.0.1",
                        "--secure-port=" + port,
                        "--cert-dir=" + folder.resolve("pki"),
                        "--token-auth-file=" + folder.resolve("tokens.csv"),
                        "--authorization-mode=RBAC",
                        "--service-cluster-ip-range=10.0.0.0/24",
                        "--endpoint-reconciler-type=none",
                        "--service-account-issuer=https://kubernetes.default.svc",
                        "--service-account-signing-key-file=" + keys.privateKey(),
                        "--service-account-key-file=" + keys.publicKey(),
                        "--enable-priority-and-fairness=false",
                        "--profiling=false",
                        // pods of namespaces whose accounts nobody makes; nodes that nobody declares healthy
                        "--disable-admission-plugins=ServiceAccount,TaintNodesByCondition"));
        demandReady();
    }

    private void demandReady() {
        boolean listens = new Patience(START).awaits(() -> {
            demandAlive(ETCD);
            demandAlive(API_SERVER);
            return Ports.isOpen(port);
        });
        if (!listens) {
            throw new ClusterFailure(
                    "kube-apiserver does not listen after %s: %s".formatted(START, folder.lastWords(API_SERVER)));
        }
        writeKubeconfig();
        String[] ready = {"get", "--raw=/readyz", "--request-timeout=5s"};
        if (!new Patience(START).awaits(() -> kubectl().run(ready).code() == 0)) {
            throw new ClusterFailure("kube-apiserver is not ready after %s: %s"
                    .formatted(START, kubectl().run(ready).lastLine()));
        }
    }

    private void demandAlive(String name) {
        if (folder.process(name).isEmpty() && Files.exists(folder.resolve(name + ".pid"))) {
            throw new ClusterFailure("%s ended at once: %s".formatted(name, folder.lastWords(name)));
        }
    }

    private void writeKubeconfig() {
        try {
            byte[] certificate = Files.readAllBytes(folder.resolve("pki/apiserver.crt"));
            folder.write("kubeconfig", """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: dev, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                    users: [{name: admin, user: {token: "%s"}}]
                    contexts: [{name: dev, context: {cluster: dev, user: admin}}]
                    current-context: dev
                    """.formatted(url(), Base64.getEncoder().encodeToString(certificate), token));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the API server: for its clients the cluster is away, and its memory stays. */
    public void stopApiServer() {
        folder.kill(API_SERVER);
    }

    /** Adds fake nodes, on which pods are ready at once without running, and what schedules them there. Once a control plane. */
    public void addFakeNodes(int number) {
        programs.demand(Program.KUBE_CONTROLLER_MANAGER, Program.KUBE_SCHEDULER, Program.KWOK);
        String kubeconfig = "--kubeconfig=" + kubeconfig();
        folder.start(
                Program.KUBE_CONTROLLER_MANAGER.fileName(),
                List.of(
                        programs.get(Program.KUBE_CONTROLLER_MANAGER).toString(),
                        kubeconfig,
                        "--secure-port=0",
                        "--leader-elect=false",
                        "--service-account-private-key-file=" + keys.privateKey(),
                        "--root-ca-file=" + folder.resolve("pki/apiserver.crt"),
                        "--controllers=*,-node-lifecycle-controller,-taint-eviction-controller,-device-taint-eviction-controller"));
        folder.start(
                Program.KUBE_SCHEDULER.fileName(),
                List.of(
                        programs.get(Program.KUBE_SCHEDULER).toString(),
                        kubeconfig,
                        "--secure-port=0",
                        "--leader-elect=false"));
        folder.start(
                Program.KWOK.fileName(),
                List.of(
                        programs.get(Program.KWOK).toString(),
                        kubeconfig,
                        "--config=" + programs.fakeStages(),
                        "--manage-all-nodes",
                        "--node-ip=127.0.0.1",
                        "--server-address=127.0.0.1:" + Ports.free()));
        kubectl().reading(fakeNodes(number)).demand("apply", "-f", "-");
        kubectl().demand("wait", "--for=condition=Ready", "node", "--all", "--timeout=60s");
    }

    private static String fakeNodes(int number) {
        return IntStream.rangeClosed(1, number).mapToObj("""
                apiVersion: v1
                kind: Node
                metadata: {name: fake-%1$d, labels: {kubernetes.io/hostname: fake-%1$d}}
                status: {allocatable: {cpu: 32, memory: 64Gi, pods: 110}, capacity: {cpu: 32, memory: 64Gi, pods: 110}}
                """::formatted).collect(Collectors.joining("---\n"));
    }

    public String url() {
        return "https://127.0.0.1:" + port;
    }

    /** For clients that are administrators. */
    public Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    public Tool kubectl() {
        return tool(Program.KUBECTL);
    }

    public Tool helm() {
        return tool(Program.HELM);
    }

    private Tool tool(Program program) {
        return Tool.of(programs.get(program).toString())
                .with("KUBECONFIG", kubeconfig().toString());
    }

    private static String randomToken() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Ends all of it and removes its folder. */
    @Override
    public void close() {
        Optional.ofNullable(guard).ifPresentOrElse(ClusterFolder::end, folder::end);
    }
}
