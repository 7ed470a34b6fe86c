package io.healthchecker.api.history;

import io.healthchecker.core.check.Gap;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.check.RecordedGap;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** Slots without a result, and why. */
@Schema(description = "Slots without a result, and why: never silent, never counted as up.")
public record GapView(
        @Schema(description = "First slot.") Instant from,
        @Schema(description = "Last slot, included.") Instant to,

        @Schema(description = "How many they are.", example = "3")
        int slots,

        String location,
        Reason reason,

        @Schema(
                description = "What the reason means.",
                example = "The check was scheduled, but no result ever arrived.")
        String text,

        Instant recordedAt) {

    static GapView of(RecordedGap recorded, String location) {
        Gap gap = recorded.gap();
        return new GapView(
                Instant.ofEpochMilli(gap.fromSlot()),
                Instant.ofEpochMilli(gap.toSlot()),
                gap.slots(),
                location,
                gap.reason(),
                gap.reason().explanation(),
                recorded.recordedAt());
    }
}
