package io.healthchecker.cluster;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** The Go of this machine. */
record Go(Path executable) {
    private static final Duration LIMIT = Duration.ofMinutes(60);

    /** That of PATH, else one where it is usually installed. */
    static Optional<Go> find(String path) {
        return Stream.concat(
                        Stream.of(path.split(File.pathSeparator)),
                        Stream.of("/usr/local/go/bin", "/usr/lib/go/bin", "/opt/homebrew/bin"))
                .map(directory -> Path.of(directory, "go"))
                .filter(Files::isExecutable)
                .map(Go::new)
                .findFirst();
    }

    /** Builds one program, whose module lies unpacked in a directory, into one file. */
    void build(Program program, Path module, Path file) {
        in(module)
                .demand(
                        "build",
                        "-ldflags",
                        program.module().linkerFlags(),
                        "-o",
                        file.toString(),
                        program.goPackage());
    }

    /** Where the sources of a module lie that another one requires. */
    Path sources(Path module, String required) {
        return Path.of(
                in(module).demand("list", "-m", "-f", "{{.Dir}}", required).strip());
    }

    private Tool in(Path module) {
        return Tool.of(executable.toString(), "-C", module.toString())
                .with("CGO_ENABLED", "0")
                .with("GOFLAGS", "-trimpath -buildvcs=false")
                .with("GOWORK", "off")
                .within(LIMIT);
    }
}
