package io.healthchecker.bench.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bare clients of {@code bench/floor}, built into a cache outside the repository when a bench starts; a compiler that
 * is not there costs a line and the column of its client.
 *
 * @param sources the folder {@code bench/floor}
 */
record Floors(Path sources, Path cache) {
    /** Epoll in C, null where there is no {@code cc}. */
    @Nullable
    Path c() {
        Path program = cache.resolve("floor-c");
        List<String> command = new ArrayList<>(List.of("cc", "-std=c17", "-O2"));
        command.addAll(List.of("-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Wstrict-prototypes"));
        command.addAll(List.of("-Werror", "-o", program.toString()));
        command.add(sources.resolve("c/floor.c").toString());
        return build(command, program);
    }

    /** hyper and rustls, null where there is no {@code cargo} or it cannot download. */
    @Nullable
    Path rust() {
        Path target = cache.resolve("floor-rust");
        String manifest = sources.resolve("rust/Cargo.toml").toString();
        return build(
                List.of(
                        "cargo",
                        "build",
                        "--quiet",
                        "--release",
                        "--locked",
                        "--manifest-path",
                        manifest,
                        "--target-dir",
                        target.toString()),
                target.resolve("release/floor"));
    }

    private @Nullable Path build(List<String> command, Path program) {
        try {
            Files.createDirectories(cache);
            Path log = cache.resolve(program.getFileName() + ".log");
            int code = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (code == 0) {
                return program;
            }
            System.out.printf("without a floor: %s failed, see %s%n", command.getFirst(), log);
            return null;
        } catch (IOException e) {
            System.out.printf("without a floor: there is no %s%n", command.getFirst());
            return null;
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
