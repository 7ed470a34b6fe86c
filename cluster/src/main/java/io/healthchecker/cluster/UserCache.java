package io.healthchecker.cluster;

import java.nio.file.Path;
import java.util.Optional;

/** Where a user keeps what can be made again: {@code XDG_CACHE_HOME}, else {@code ~/.cache}. */
public final class UserCache {
    private UserCache() {}

    public static Path directory() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(set -> !set.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("health-checker");
    }
}
