package io.healthchecker.api.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.verdict.Transition;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A change of state. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A change of state.")
public record TransitionView(
        @Schema(description = "1, 2, 3 ... without a hole.", example = "7")
        long seq,

        @Schema(example = "Up") String from,

        @Schema(example = "Down") String to,

        @Schema(description = "Slot of the result that decided; the instant of the decision where none did.")
        Instant slot,

        Instant at,
        Reason reason,

        @Schema(description = "What the reason means.", example = "Nothing listens at the address.")
        String text,

        @Schema(
                description = "What happened in particular.",
                example = "connection refused by 192.0.2.7:443",
                nullable = true)
        @Nullable
        String detail,

        @Schema(description = "Id of the event on the live feed.")
        long eventId) {

    /** A transition as it is shown. */
    public static TransitionView of(Transition transition) {
        return new TransitionView(
                transition.seq(),
                transition.from().word(),
                transition.to().word(),
                Instant.ofEpochMilli(transition.slot()),
                transition.at(),
                transition.reason(),
                transition.reason().explanation(),
                transition.detail(),
                transition.eventId());
    }
}
