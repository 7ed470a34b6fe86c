package io.healthchecker.operator.source.file;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the services that come from files.
 *
 * @param directory where the files lie, sub-directories included; there is no file source where it is empty
 * @param team name or id of the team that owns the services; the oldest team where it is empty
 * @param rescan after which time the directory is looked at although nothing was heard from it, 1 s to 10 min
 */
@ConfigurationProperties("hc.source.file")
public record FileSourceSettings(
        Path directory,
        @Nullable String team,
        @DefaultValue("5s") Duration rescan) {
    public FileSourceSettings {
        if (rescan.compareTo(Duration.ofSeconds(1)) < 0 || rescan.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException(
                    "hc.source.file.rescan is %d ms; it must be 1 to 600 s".formatted(rescan.toMillis()));
        }
        team = team == null || team.isBlank() ? null : team.strip();
    }
}
