package io.healthchecker.api.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.healthchecker.core.history.Uptime;
import io.healthchecker.core.history.Window;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a stretch of time divides. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description = "How a stretch of time divides. up + down + unknown + suspended is the whole of it; "
                + "suspended time is outside both uptime and coverage.")
public record UptimeView(
        @Schema(description = "Not before the service was created.")
        Instant from,

        @Schema(description = "Not after now.") Instant to,
        String location,

        @Schema(
                description = "up / (up + down) in percent, cut off, never rounded up: 100 only without any downtime. "
                        + "Absent where nothing is known.",
                example = "99.9871",
                nullable = true)
        @Nullable
        Double uptimePercent,

        @Schema(
                description =
                        "Share of the time with a verdict, in percent, cut off. Absent where nothing was to be checked.",
                example = "99.5",
                nullable = true)
        @Nullable
        Double coveragePercent,

        @Schema(example = "86398.5") double upSeconds,

        @Schema(example = "1.5") double downSeconds,

        @Schema(example = "0") double unknownSeconds,

        @Schema(example = "0") double suspendedSeconds) {

    static UptimeView of(Window window, String location, Uptime uptime) {
        boolean checked = uptime.suspendedMillis() < uptime.millis();
        return new UptimeView(
                Instant.ofEpochMilli(window.fromMillis()),
                Instant.ofEpochMilli(window.toMillis()),
                location,
                uptime.known() ? uptime.upMillionths() / 1e4 : null,
                checked ? uptime.coverageMillionths() / 1e4 : null,
                uptime.upMillis() / 1e3,
                uptime.downMillis() / 1e3,
                uptime.unknownMillis() / 1e3,
                uptime.suspendedMillis() / 1e3);
    }
}
