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

    private final Path cache;
    private final Optional<Go> go;
    private final Consumer<String> progress;

    Programs(Path cache, Optional<Go> go, Consumer<String> progress) {
        this.cache = cache;
        this.go = go;
        this.progress = progress;
    }

    /** Those in the cache of the user; {@code progress} is told what is built, a line each. */
    public static Programs ofUser(Consumer<String> progress) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return new Programs(UserCache.directory(), Go.find(path), progress);
    }

    /** The file of a program. */
    public Path get(Program program) {
        demand(program);
        return file(program);
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
        Path stages = get(Program.KWOK).resolveSibling("kwok-stages.yaml");
        if (!Files.exists(stages)) {
            locked(() -> publish(
                    stages,
                    fresh -> Files.writeString(
                            fresh,
                            FakeStages.read(builder(Program.KWOK)
                                    .sources(unpacked(Program.KWOK.module()), "sigs.k8s.io/kwok")))));
        }
        return stages;
    }

    private List<Program> missing(Program... programs) {
        return Stream.of(programs)
                .distinct()
                .sorted()
                .filter(program -> !Files.isExecutable(file(program)))
                .toList();
    }

    private void build(Program program, String position) {
        Go builder = builder(program);
        progress.accept("building %s from source with Go (%s); kept in %s"
                .formatted(program.fileName(), position, file(program).getParent()));
        publish(file(program), fresh -> builder.build(program, unpacked(program.module()), fresh));
    }

    private Go builder(Program program) {
        return go.orElseThrow(() -> new ClusterFailure(
                "%s is built with Go, and there is none on PATH; install Go %s or later, for example from https://go.dev/dl"
                        .formatted(program.fileName(), program.module().goVersion())));
    }

    private Path unpacked(GoModule module) {
        Path source = module.within(cache).resolve("source");
        try {
            module.unpack(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return source;
    }

    private Path file(Program program) {
        return program.module().within(cache).resolve(program.fileName());
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
                Files.createDirectories(cache);
                try (var file = FileChannel.open(
                        cache.resolve("programs.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    if (file.tryLock() == null) {
                        progress.accept("waiting for another process, which builds programs into " + cache);
                        file.lock();
                    }
                    work.run(); // closing the file unlocks it
                }
            } catch (IOException e) {
                throw new ClusterFailure("%s cannot be written: %s".formatted(cache, e.getMessage()), e);
            }
        }
    }
}
