package io.healthchecker.api.heartbeat;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.healthchecker.core.heartbeat.Heartbeat;
import io.healthchecker.core.heartbeat.Rhythm;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a service has reported. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What a service that reports by itself has said last.")
public record HeartbeatView(
        @Schema(
                description =
                        "awaited: nothing yet; on_time; late: due, and within its grace; failed: it said so; missed: its grace is over.",
                example = "on_time")
        String standing,

        @Schema(description = "When the last report came that was no start.") @Nullable
        Instant pingAt,

        @Schema(description = "When the run began that is under way.") @Nullable
        Instant startedAt,

        @Schema(description = "How long the last measured run took.", example = "4211") @Nullable
        Long durationMillis,

        @Schema(description = "Exit status of the last report, if it had one.", example = "0") @Nullable
        Integer exitStatus,

        @Schema(description = "What came with the last report.", example = "backed up 12 GB") @Nullable
        String text,

        @Schema(description = "When the next report is due.") @Nullable
        Instant dueAt,

        @Schema(description = "When silence counts as down.") @Nullable
        Instant deadlineAt) {

    static HeartbeatView of(Heartbeat heartbeat, Rhythm rhythm, long now) {
        return new HeartbeatView(
                heartbeat.at(now, rhythm).name().toLowerCase(Locale.ROOT),
                instant(heartbeat.pingMillis()),
                instant(heartbeat.startMillis()),
                heartbeat.durationMillis(),
                heartbeat.exitStatus(),
                heartbeat.excerpt(),
                instant(heartbeat.dueMillis(rhythm)),
                instant(heartbeat.deadlineMillis(rhythm)));
    }

    private static @Nullable Instant instant(@Nullable Long epochMillis) {
        return epochMillis == null || epochMillis == Long.MAX_VALUE ? null : Instant.ofEpochMilli(epochMillis);
    }
}
