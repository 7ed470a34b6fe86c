package io.healthchecker.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a real node needs of the machine: Linux, root, and some packages of Debian or Ubuntu. */
final class NodePackages {
    /** By a file of each: the package that has it. */
    private static final Map<String, String> PACKAGES = new TreeMap<>(Map.of(
            "/usr/bin/containerd", "containerd",
            "/usr/sbin/runc", "runc",
            "/usr/lib/cni/bridge", "containernetworking-plugins",
            "/usr/sbin/iptables", "iptables",
            "/usr/sbin/conntrack", "conntrack",
            "/usr/bin/nsenter", "util-linux",
            "/usr/sbin/ip", "iproute2"));

    private NodePackages() {}

    /** Installs what is missing, and says so; throws where that cannot be. */
    static void demand(Consumer<String> progress) {
        if (!System.getProperty("os.name").equals("Linux")
                || !System.getProperty("user.name").equals("root")) {
            throw new ClusterFailure("a real node needs Linux and root; --fake-nodes needs neither");
        }
        List<String> missing = missing();
        if (missing.isEmpty()) {
            return;
        }
        String packages = String.join(" ", missing);
        if (!Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            throw new ClusterFailure(
                    "a real node needs %s; install what your distribution has for it".formatted(packages));
        }
        progress.accept("installing Debian packages: " + packages);
        Tool apt = Tool.of("apt-get", "-o", "Dpkg::Use-Pty=0", "-y")
                .with("DEBIAN_FRONTEND", "noninteractive")
                .with("RUNLEVEL", "1"); // their daemons stay off: the node starts its own
        apt.demand("update");
        List<String> words = new ArrayList<>(List.of("install", "--no-install-recommends"));
        words.addAll(missing);
        apt.demand(words.toArray(String[]::new));
    }

    private static List<String> missing() {
        return PACKAGES.entrySet().stream()
                .filter(each -> !Files.isExecutable(Path.of(each.getKey())))
                .map(Map.Entry::getValue)
                .toList();
    }
}
