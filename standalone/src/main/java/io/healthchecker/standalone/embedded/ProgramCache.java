package io.healthchecker.standalone.embedded;

import io.healthchecker.standalone.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Where unpacked programs stay between runs. It is the user's own, since what lies in it is executed. */
final class ProgramCache {
    private ProgramCache() {}

    /** {@code XDG_CACHE_HOME}, else {@code ~/.cache}, else the temporary directory. */
    static Path directory(Runner runner) {
        if (runner == Runner.NOBODY_USER) {
            return ours(Path.of("/var/tmp/health-checker-root")); // a home of root is closed to nobody
        }
        Path home = Path.of(System.getProperty("user.home"));
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(set -> !set.isBlank())
                .map(Path::of)
                .or(() -> Optional.of(home.resolve(".cache")).filter(_ -> Files.isWritable(home)))
                .map(cache -> ours(cache.resolve("health-checker")))
                .orElseGet(() -> ours(Path.of(System.getProperty("java.io.tmpdir"))
                        .resolve("health-checker-" + System.getProperty("user.name"))));
    }

    private static Path ours(Path directory) {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            if (!Tree.isOurs(directory)) {
                throw new StartFailure(
                        "%s belongs to somebody else; remove it, or set XDG_CACHE_HOME to a directory of your own"
                                .formatted(directory));
            }
            return directory.toRealPath();
        } catch (IOException failed) {
            throw new StartFailure(
                    "%s cannot be made (%s); set XDG_CACHE_HOME to a directory of your own"
                            .formatted(directory, failed.getMessage()),
                    failed);
        }
    }
}
