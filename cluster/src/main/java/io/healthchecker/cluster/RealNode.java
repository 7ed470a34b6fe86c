package io.healthchecker.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A control plane and one node on which pods really run, in namespaces of their own: processes, mounts and network. The
 * machine's network is not touched; what is reached from outside is the API server, at a port of loopback. The first
 * process of the namespaces takes everything with it when it is killed.
 */
public final class RealNode {
    private static final String ADDRESS = "10.231.0.2";
    private static final int PORT = 6443;
    private static final Duration START = Duration.ofMinutes(1);
    private static final Map<String, String> PACKAGES = Map.of(
            "/usr/bin/containerd", "containerd",
            "/usr/sbin/runc", "runc",
            "/usr/lib/cni/bridge", "containernetworking-plugins",
            "/usr/sbin/iptables", "iptables",
            "/usr/sbin/conntrack", "conntrack",
            "/usr/bin/nsenter", "util-linux",
            "/usr/sbin/ip", "iproute2");
    private static final List<String> FILES = List.of(
            "bridge.conflist",
            "containerd.toml",
            "kubelet.yaml",
            "kube-proxy.yaml",
            "Corefile",
            "resolv.conf",
            "node.sh");

    private final ClusterFolder folder;
    private final Programs programs;
    private final Consumer<String> progress;
    private final ControlPlane plane;
    private final long init;
    private final List<String> entry;

    /** Starts it in a folder, by which it ends. Returns when the node is ready. */
    public static RealNode start(ClusterFolder folder, Programs programs, Consumer<String> progress) {
        if (!System.getProperty("os.name").equals("Linux")
                || !System.getProperty("user.name").equals("root")) {
            throw new ClusterFailure("a real node needs Linux and root; --fake-nodes needs neither");
        }
        DebianPackages.demand(PACKAGES, progress);
        programs.demand(Stream.of(Program.values())
                .filter(program -> program.module() == GoModule.CONTROL_PLANE)
                .toArray(Program[]::new));
        return new RealNode(folder, programs, progress);
    }

    private RealNode(ClusterFolder folder, Programs programs, Consumer<String> progress) {
        this.folder = folder;
        this.programs = programs;
        this.progress = progress;
        FILES.forEach(this::writeConfiguration);
        this.init = startNamespaces();
        this.entry = List.of("nsenter", "-t", Long.toString(init), "-m", "-n", "-p", "-u", "-i", "--");
        enter("sh").demand(folder.resolve("node.sh").toString(), folder.path().toString(), cgroup());
        startContainerd();
        this.plane = startControlPlane();
        startKubelet();
    }

    /** The first process of new namespaces; its id as it is seen here. */
    private long startNamespaces() {
        folder.start(
                "namespaces",
                List.of(
                        "unshare",
                        "--mount",
                        "--net",
                        "--uts",
                        "--ipc",
                        "--pid",
                        "--fork",
                        "--kill-child=KILL",
                        "--mount-proc",
                        programs.get(Program.PAUSE).toString(),
                        folder.path().toString()));
        if (!new Patience(START).awaits(() -> init().isPresent() || folder.isDead("namespaces"))) {
            throw new ClusterFailure("no namespaces after " + START);
        }
        long init = init().orElseThrow(
                        () -> new ClusterFailure("namespaces cannot be made: " + folder.lastWords("namespaces")))
                .pid();
        folder.write("init.pid", init + "\n"); // so that who ends the cluster waits for it, and with it for all of them
        return init;
    }

    private Optional<ProcessHandle> init() {
        return folder.process("namespaces").stream()
                .flatMap(ProcessHandle::children)
                .filter(child -> child.info()
                        .command()
                        .filter(command -> command.endsWith("/pause"))
                        .isPresent())
                .findFirst();
    }

    private String cgroup() {
        return "health-checker-" + Integer.toHexString(folder.path().hashCode());
    }

    private void startContainerd() {
        progress.accept("starting containerd");
        try {
            Files.createDirectories(folder.resolve("cni"));
            Files.copy(folder.resolve("bridge.conflist"), folder.resolve("cni/10-bridge.conflist"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        startDaemon("containerd", "containerd", "--config=" + folder.resolve("containerd.toml"));
        if (!new Patience(START)
                        .awaits(() -> folder.isDead("containerd")
                                || images().run("version").code() == 0)
                || folder.isDead("containerd")) {
            throw new ClusterFailure("containerd does not start: " + folder.lastWords("containerd"));
        }
        load(pauseImage());
    }

    private Path pauseImage() {
        try {
            Path root = Files.createDirectories(folder.resolve("pause"));
            Files.copy(programs.get(Program.PAUSE), root.resolve("pause"));
            return new ImageArchive("localhost/pause:1", List.of(root), List.of("/pause"))
                    .write(folder.resolve("pause.tar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ControlPlane startControlPlane() {
        progress.accept("starting etcd and kube-apiserver");
        folder.link("network", Path.of("/proc/%d/ns/net".formatted(init)));
        int port = forward(Program.FORWARD.fileName(), ADDRESS + ":" + PORT);
        var place = new Place(
                entry,
                "0.0.0.0",
                ADDRESS,
                PORT,
                "10.96.0.0/16",
                "localhost",
                port,
                List.of("--allow-privileged=true", "--kubelet-preferred-address-types=InternalIP"));
        var started = ControlPlane.start(folder, programs, place);
        started.startControllers();
        return started;
    }

    /** A port of loopback that leads to an address inside, such as that of a Service, until the node ends. */
    public int forward(String name, String address) {
        int port = Ports.free();
        folder.start(
                name,
                List.of(
                        programs.get(Program.FORWARD).toString(),
                        "127.0.0.1:" + port,
                        folder.resolve("network").toString(),
                        address));
        if (!new Patience(START).awaits(() -> Ports.isOpen(port) || folder.isDead(name)) || folder.isDead(name)) {
            throw new ClusterFailure("%s is not reached: %s".formatted(address, folder.lastWords(name)));
        }
        return port;
    }

    private void startKubelet() {
        progress.accept("starting the kubelet");
        String kubeconfig = "--kubeconfig=" + folder.resolve("kubeconfig.inside");
        run(Program.COREDNS, "-conf=" + folder.resolve("Corefile"));
        run(Program.KUBE_PROXY, "--config=" + folder.resolve("kube-proxy.yaml"));
        run(
                Program.KUBELET,
                "--config=" + folder.resolve("kubelet.yaml"),
                kubeconfig,
                "--root-dir=" + folder.resolve("kubelet"),
                "--hostname-override=node1",
                "--node-ip=" + ADDRESS);
        String[] ready = {"wait", "--for=condition=Ready", "node/node1", "--timeout=5s"};
        boolean isReady = new Patience(START).awaits(() -> {
            List.of(Program.KUBELET, Program.KUBE_PROXY, Program.COREDNS)
                    .forEach(program -> demandAlive(program.fileName()));
            return plane.kubectl().run(ready).code() == 0;
        });
        if (!isReady) {
            throw new ClusterFailure("the node is not ready after %s: %s"
                    .formatted(START, folder.lastWords(Program.KUBELET.fileName())));
        }
    }

    private void demandAlive(String name) {
        if (folder.isDead(name)) {
            throw new ClusterFailure("%s ended at once: %s".formatted(name, folder.lastWords(name)));
        }
    }

    private void run(Program program, String... flags) {
        startDaemon(program.fileName(), programs.get(program).toString(), flags);
    }

    /** Starts a process inside, which lives as long as the node; a flag must name the folder. */
    public void startDaemon(String name, String executable, String... flags) {
        var command = new ArrayList<>(entry);
        command.add(executable);
        command.addAll(List.of(flags));
        folder.start(name, command);
    }

    private void writeConfiguration(String name) {
        folder.write(
                name,
                ClusterFolder.resource("node/" + name)
                        .replace("@FOLDER@", folder.path().toString())
                        .replace("@CGROUP@", cgroup()));
    }

    /** The control plane, reached from outside. */
    public ControlPlane plane() {
        return plane;
    }

    /** Where all of it is kept, inside and outside. */
    public Path path() {
        return folder.path();
    }

    /** A program that runs inside, as root. */
    public Tool enter(String program) {
        var command = new ArrayList<>(entry);
        command.add(program);
        return Tool.of(command.toArray(String[]::new));
    }

    /** A program of this machine, with its files and its network, that ends when the node does. */
    public Tool outside(String program) {
        return Tool.of("nsenter", "-t", Long.toString(init), "-p", "--", program);
    }

    /** Gives pods the images of an archive. */
    public void load(Path archive) {
        images().demand("images", "import", archive.toString());
    }

    private Tool images() {
        return enter("ctr").and("-n", "k8s.io");
    }
}
