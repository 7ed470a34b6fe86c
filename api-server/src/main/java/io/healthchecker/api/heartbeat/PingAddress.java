package io.healthchecker.api.heartbeat;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where a service reports. Whoever knows it can report in its name, so it is shown to editors only. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Where a service reports; `/start`, `/fail` or an exit status may stand behind it.")
public record PingAddress(
        @Schema(
                description =
                        "Path below this server's address. Absent if it cannot be shown again, as no key to encrypt it is configured: POST makes a new one.",
                example = "/api/v1/heartbeats/3VbZ0uW1vJc2Yk8QdTqPz5LmXnRa7HsE")
        @Nullable
        String path) {}
