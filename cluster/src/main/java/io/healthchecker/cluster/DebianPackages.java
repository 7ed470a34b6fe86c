package io.healthchecker.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Packages of Debian or Ubuntu that this machine must have, by a file of each. */
public final class DebianPackages {
    private DebianPackages() {}

    /** Installs what is missing, and says so; throws where that cannot be. Needs root. */
    public static void demand(Map<String, String> packagesByFile, Consumer<String> progress) {
        List<String> missing = missing(packagesByFile);
        if (missing.isEmpty()) {
            return;
        }
        String packages = String.join(" ", missing);
        if (!Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            throw new ClusterFailure("this needs %s; install what your distribution has for it".formatted(packages));
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

    private static List<String> missing(Map<String, String> packagesByFile) {
        return packagesByFile.entrySet().stream()
                .filter(each -> !Files.isExecutable(Path.of(each.getKey())))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }
}
