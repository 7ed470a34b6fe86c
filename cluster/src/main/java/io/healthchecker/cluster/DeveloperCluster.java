package io.healthchecker.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The one cluster of a user, which stays up until it is taken down. */
public final class DeveloperCluster {
    private static final String FORM = "form";

    private final Path path;
    private final Programs programs;
    private final Path definition;
    private final Consumer<String> progress;

    DeveloperCluster(Path path, Programs programs, Path definition, Consumer<String> progress) {
        this.path = path;
        this.programs = programs;
        this.definition = definition;
        this.progress = progress;
    }

    /** That of this user; {@code definition} is the YAML file of a resource's definition that it knows from the start. */
    public static DeveloperCluster ofUser(Path definition, Consumer<String> progress) {
        Path path = UserCache.directory().resolve("dev-cluster");
        return new DeveloperCluster(path, Programs.ofUser(progress), definition, progress);
    }

    /** On what its pods are. */
    public sealed interface Nodes {
        /** Nodes on which pods are ready at once without running, perhaps none. */
        record Fake(int number) implements Nodes {
            @Override
            public String toString() {
                return number + " fake nodes";
            }
        }

        /** One on which they run. */
        record Real() implements Nodes {
            @Override
            public String toString() {
                return "a real node";
            }
        }
    }

    /** Brings it up, unless it is, and says to a shell how to use it. Throws where one with other nodes is up. */
    public String up(Nodes nodes) {
        return alone(() -> {
            String wanted = nodes.toString();
            var folder = ClusterFolder.at(path);
            if (folder.isWhole() && Files.exists(folder.resolve(FORM))) {
                String found = folder.read(FORM);
                if (!found.equals(wanted)) {
                    throw new ClusterFailure(
                            "the cluster is up with %s, not with %s; take it down first: hc dev-cluster down"
                                    .formatted(found, wanted));
                }
                progress.accept("the cluster is up already");
            } else {
                folder.end(); // what a killed start or a dead process left
                start(ClusterFolder.at(path), nodes);
                folder.write(FORM, wanted);
            }
            return shellLines(folder);
        });
    }

    private void start(ClusterFolder folder, Nodes nodes) {
        boolean started = false;
        try {
            programs.demand(Program.ETCD, Program.KUBE_APISERVER, Program.KUBECTL, Program.HELM);
            ControlPlane plane = switch (nodes) {
                case Nodes.Real() -> RealNode.start(folder, programs, progress).plane();
                case Nodes.Fake(int number) -> startFake(folder, number);
            };
            plane.kubectl().demand("apply", "--server-side", "-f", definition.toString());
            plane.demandServed("healthcheckservices");
            folder.link("bin/kubectl", programs.get(Program.KUBECTL));
            folder.link("bin/helm", programs.get(Program.HELM));
            started = true;
        } finally {
            if (!started) {
                folder.end();
            }
        }
    }

    private ControlPlane startFake(ClusterFolder folder, int number) {
        progress.accept("starting etcd and kube-apiserver");
        var plane = ControlPlane.start(folder, programs);
        if (number > 0) {
            progress.accept("starting what schedules, and fake nodes");
            plane.addFakeNodes(number);
        }
        return plane;
    }

    private static String shellLines(ClusterFolder folder) {
        return """
                export KUBECONFIG=%s
                export PATH=%s:"$PATH"
                """.formatted(quoted(folder.resolve("kubeconfig")), quoted(folder.resolve("bin")));
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }

    /** Takes it down and removes all of it but the programs; nothing where there is none. */
    public void down() {
        alone(() -> {
            if (Files.exists(path)) {
                ClusterFolder.at(path).end();
                progress.accept("the cluster is gone");
            } else {
                progress.accept("there is no cluster");
            }
            return "";
        });
    }

    private String alone(Supplier<String> work) {
        Path lock = path.resolveSibling(path.getFileName() + ".lock");
        try {
            Files.createDirectories(lock.getParent());
            try (var file = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                file.lock();
                return work.get();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
