package io.healthchecker.api.incident;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.healthchecker.core.incident.IncidentNote;
import io.healthchecker.core.verdict.Transition;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Something that happened within an incident, or was done or said about it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Something that happened within an incident, or was done or said about it.")
public record TimelineEntry(
        Instant at,

        @Schema(
                description = "transition, note, acknowledged, unacknowledged or removed (the service).",
                example = "transition")
        String kind,

        @Schema(description = "Of a transition: what it came from.", example = "Up", nullable = true) @Nullable
        String from,

        @Schema(description = "Of a transition: what it came to.", example = "Down", nullable = true) @Nullable
        String to,

        @Schema(description = "Of a transition.", example = "CONNECT_REFUSED", nullable = true) @Nullable
        String reason,

        @Schema(
                description = "What the reason means, or what was said.",
                example = "Nothing listens at the address.",
                nullable = true)
        @Nullable
        String text,

        @Schema(description = "What happened in particular.", nullable = true) @Nullable
        String detail,

        @Schema(description = "Who said or did it.", example = "ada@example.com", nullable = true) @Nullable
        String by,

        @JsonProperty("public")
        @Schema(name = "public", description = "Of a note: shown on status pages.", nullable = true)
        @Nullable
        Boolean shared,

        @Schema(description = "Of an acknowledgement.", nullable = true) @Nullable
        Instant until) {

    static TimelineEntry of(Transition transition) {
        return new TimelineEntry(
                transition.at(),
                "transition",
                transition.from().word(),
                transition.to().word(),
                transition.reason().name(),
                transition.reason().explanation(),
                transition.detail(),
                null,
                null,
                null);
    }

    static TimelineEntry of(IncidentNote note) {
        boolean isNote = note.kind() == IncidentNote.Kind.NOTE;
        return new TimelineEntry(
                note.at(),
                note.kind().name().toLowerCase(Locale.ROOT),
                null,
                null,
                null,
                note.text().isEmpty() ? null : note.text(),
                null,
                note.author(),
                isNote ? note.shared() : null,
                note.until());
    }

    static TimelineEntry removed(Instant at) {
        return new TimelineEntry(at, "removed", null, null, null, null, null, null, null, null);
    }
}
