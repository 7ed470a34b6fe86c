package io.healthchecker.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * etcd and kube-apiserver and, where asked for, what makes pods of Deployments and lets them seem to run. Nothing is
 * synced to disk. The one user is an administrator; service accounts get real tokens.
 */
public final class ControlPlane {
    private static final String ETCD = Program.ETCD.fileName();
    private static final String API_SERVER = Program.KUBE_APISERVER.fileName();
    private static final String CERTIFICATE = "pki/apiserver.crt";
    private static final Duration START = Duration.ofMinutes(2);
    private static final int TOKEN_BYTES = 16;

    private final ClusterFolder folder;
    private final Programs programs;
    private final Place place;
    private final int etcdPort = Ports.free();
    private final int peerPort = Ports.free();
    private final SigningKeys keys;
    private final String token = randomToken();

    private ControlPlane(ClusterFolder folder, Programs programs, Place place) {
        this.folder = folder;
        this.programs = programs;
        this.place = place;
        this.keys = SigningKeys.make(folder);
    }

    /** One on free ports of loopback, in a folder. It stays up until that is ended. */
    public static ControlPlane start(ClusterFolder folder, Programs programs) {
        return start(folder, programs, Place.loopback());
    }

    static ControlPlane start(ClusterFolder folder, Programs programs, Place place) {
        programs.demand(Program.ETCD, Program.KUBE_APISERVER, Program.KUBECTL);
        var plane = new ControlPlane(folder, programs, place);
        plane.startEtcd();
        folder.write("tokens.csv", "%s,admin,admin,\"system:masters\"%n".formatted(plane.token));
        plane.startApiServer();
        return plane;
    }

    private void run(Program program, String... flags) {
        List<String> command = new ArrayList<>(place.entry());
        command.add(programs.get(program).toString());
        command.addAll(List.of(flags));
        folder.start(program.fileName(), command);
    }

    private void startEtcd() {
        String url = "http://127.0.0.1:" + etcdPort;
        String peer = "http://127.0.0.1:" + peerPort;
        run(
                Program.ETCD,
                "--data-dir=" + folder.resolve("etcd"),
                "--unsafe-no-fsync",
                "--log-level=error",
                "--listen-client-urls=" + url,
                "--advertise-client-urls=" + url,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer);
    }

    /** Starts the API server, also after {@link #stopApiServer}, at the same address with what it knew. Returns when it is ready. */
    public void startApiServer() {
        List<String> flags = new ArrayList<>(List.of(
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=" + place.bindAddress(),
                "--advertise-address=" + place.advertiseAddress(),
                "--secure-port=" + place.port(),
                "--cert-dir=" + folder.resolve("pki"),
                "--token-auth-file=" + folder.resolve("tokens.csv"),
                "--authorization-mode=RBAC",
                "--service-cluster-ip-range=" + place.serviceAddresses(),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + keys.privateKey(),
                "--service-account-key-file=" + keys.publicKey(),
                "--enable-priority-and-fairness=false",
                "--profiling=false"));
        flags.addAll(place.admission());
        run(Program.KUBE_APISERVER, flags.toArray(String[]::new));
        demandReady();
    }

    private void demandReady() {
        boolean listens = new Patience(START).awaits(() -> {
            demandAlive(ETCD);
            demandAlive(API_SERVER);
            return Files.exists(folder.resolve(CERTIFICATE)) && Ports.isOpen(place.hostPort());
        });
        if (!listens) {
            throw new ClusterFailure(
                    "kube-apiserver does not listen after %s: %s".formatted(START, folder.lastWords(API_SERVER)));
        }
        writeKubeconfig("kubeconfig", url());
        writeKubeconfig("kubeconfig.inside", "https://%s:%d".formatted(place.advertiseAddress(), place.port()));
        String[] ready = {"get", "--raw=/readyz", "--request-timeout=5s"};
        if (!new Patience(START).awaits(() -> kubectl().run(ready).code() == 0)) {
            throw new ClusterFailure("kube-apiserver is not ready after %s: %s"
                    .formatted(START, kubectl().run(ready).lastLine()));
        }
    }

    private void demandAlive(String name) {
        if (folder.isDead(name)) {
            throw new ClusterFailure("%s ended at once: %s".formatted(name, folder.lastWords(name)));
        }
    }

    private void writeKubeconfig(String name, String url) {
        try {
            byte[] certificate = Files.readAllBytes(folder.resolve(CERTIFICATE));
            folder.write(name, """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: dev, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                    users: [{name: admin, user: {token: "%s"}}]
                    contexts: [{name: dev, context: {cluster: dev, user: admin}}]
                    current-context: dev
                    """.formatted(url, Base64.getEncoder().encodeToString(certificate), token));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the API server: for its clients the cluster is away, and its memory stays. */
    public void stopApiServer() {
        folder.kill(API_SERVER);
    }

    /** Starts what makes pods of Deployments, tokens of accounts, and nothing of what is deleted. */
    void startControllers(String... flags) {
        programs.demand(Program.KUBE_CONTROLLER_MANAGER, Program.KUBE_SCHEDULER);
        var all = new ArrayList<>(List.of(
                insideKubeconfig(),
                "--secure-port=0",
                "--leader-elect=false",
                "--service-account-private-key-file=" + keys.privateKey(),
                "--root-ca-file=" + folder.resolve(CERTIFICATE)));
        all.addAll(List.of(flags));
        run(Program.KUBE_CONTROLLER_MANAGER, all.toArray(String[]::new));
        run(Program.KUBE_SCHEDULER, insideKubeconfig(), "--secure-port=0", "--leader-elect=false");
    }

    private String insideKubeconfig() {
        return "--kubeconfig=" + folder.resolve("kubeconfig.inside");
    }

    /** Adds fake nodes, on which pods are ready at once without running, and what schedules them there. Once a control plane. */
    public void addFakeNodes(int number) {
        startControllers(
                "--controllers=*,-node-lifecycle-controller,-taint-eviction-controller,-device-taint-eviction-controller");
        run(
                Program.KWOK,
                insideKubeconfig(),
                "--config=" + programs.fakeStages(),
                "--manage-all-nodes",
                "--node-ip=127.0.0.1",
                "--server-address=127.0.0.1:" + Ports.free());
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

    /** Waits until a resource is found by its name: a moment after its definition was applied. */
    void demandServed(String resource) {
        String[] get = {"get", resource, "--all-namespaces"};
        if (!new Patience(START).awaits(() -> kubectl().run(get).code() == 0)) {
            throw new ClusterFailure("%s are not served after %s: %s"
                    .formatted(resource, START, kubectl().run(get).lastLine()));
        }
    }

    public String url() {
        return "https://%s:%d".formatted(place.host(), place.hostPort());
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

    /** Waits for a resource by what its conditions say of it (kstatus), which Helm 3 does for none but built-in kinds. */
    public Tool helm4() {
        return tool(Program.HELM_4);
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
}
