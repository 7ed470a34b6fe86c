package io.healthchecker.api.incident;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.healthchecker.core.incident.IncidentNote;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** A note to an incident. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A note to an incident.")
public record NoteView(
        @Schema(example = "3") long id,
        @Schema(example = "ada@example.com") String by,

        @Schema(description = "Markdown.", example = "The **database** is full.")
        String text,

        @JsonProperty("public") @Schema(name = "public", description = "Shown on status pages.", example = "false")
        boolean shared,

        Instant at) {
    static NoteView of(IncidentNote note) {
        return new NoteView(note.id(), note.author(), note.text(), note.shared(), note.at());
    }
}
