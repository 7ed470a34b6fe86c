package io.healthchecker.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The programs of a cluster, built where they are missing and kept for every later run of this user. One process builds
 * at a time, one program after the other; what is there is whole.
 */
public final class Programs {
    private static final Object ONE_BUILD = new Object();

    private final Path directory;
    private final Optional<Go> go;
    private final Consumer<String> progress;

    Programs(Path directory, Optional<Go> go, Consumer<String> progress) {
        this.directory = directory;
        this.go = go;
        this.progress = progress;
    }

    /** Those in the cache of the user; {@code progress} is told what is built, a line each. */
    public static Programs ofUser(Consumer<String> progress) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return new Programs(
                UserCache.directory().resolve("control-plane").resolve(GoModule.key()), Go.find(path), progress);
    }

    /** The file of a program. */
    public Path get(Program program) {
        demand(program);
        return file(program.fileName());
    }

    /** Builds those that are missing. */
    public void demand(Program... programs) {
        if (!missing(programs).isEmpty()) {
            locked(() -> {
                List<Program> missing = missing(programs);
                for (int i = 0; i < missing.size(); i++) {
                    build(missing.get(i), "%d of %d".formatted(i + 1, missing.size()));
                }
            });
        }
    }

    /** The stages by which fake nodes and pods become ready, those that kwok ships. */
    Path fakeStages() {
        Path stages = file("kwok-stages.yaml");
        demand(Program.KWOK);
        if (!Files.exists(stages)) {
            locked(() -> publish(
                    stages,
                    fresh -> Files.writeString(
                            fresh, FakeStages.read(builder(Program.KWOK).sources(module(), "sigs.k8s.io/kwok")))));
        }
        return stages;
    }

    private List<Program> missing(Program... programs) {
        return Stream.of(programs)
                .distinct()
                .sorted()
                .filter(program -> !Files.isExecutable(file(program.fileName())))
                .toList();
    }

    private void build(Program program, String position) {
        Go builder = builder(program);
        progress.accept(
                "building %s from source with Go (%s); kept in %s".formatted(program.fileName(), position, directory));
        publish(file(program.fileName()), fresh -> builder.build(module(), program.goPackage(), fresh));
    }

    private Go builder(Program program) {
        return go.orElseThrow(() -> new ClusterFailure(
                "%s is built with Go, and there is none on PATH; install Go %s or later, for example from https://go.dev/dl"
                        .formatted(program.fileName(), GoModule.goVersion())));
    }

    private Path module() {
        Path module = directory.resolve("source");
        try {
            GoModule.unpack(module);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return module;
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private interface Writer {
        void write(Path file) throws IOException;
    }

    /** At once or not at all. */
    private static void publish(Path file, Writer writer) {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            writer.write(fresh);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void locked(Runnable work) {
        synchronized (ONE_BUILD) { // a file is locked for a whole JVM
            try {
                Files.createDirectories(directory);
                try (var file = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    if (file.tryLock() == null) {
                        progress.accept("waiting for another process, which builds programs into " + directory);
                        file.lock();
                    }
                    work.run(); // closing the file unlocks it
                }
            } catch (IOException e) {
                throw new ClusterFailure("%s cannot be written: %s".formatted(directory, e.getMessage()), e);
            }
        }
    }
}
