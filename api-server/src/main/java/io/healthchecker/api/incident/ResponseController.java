package io.healthchecker.api.incident;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.list.Cursor;
import io.healthchecker.api.list.CursorParameter;
import io.healthchecker.api.list.ListView;
import io.healthchecker.api.list.Window;
import io.healthchecker.core.incident.Incident;
import io.healthchecker.core.incident.IncidentNote;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What people do and say about an incident, and how it went. */
@RestController
@RequestMapping(path = "/api/v1/incidents/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "incidents")
public class ResponseController {
    private final Incidents incidents;
    private final IncidentResponse response;
    private final IncidentStory story;

    ResponseController(Incidents incidents, IncidentResponse response, IncidentStory story) {
        this.incidents = incidents;
        this.response = response;
        this.story = story;
    }

    /** That somebody has an incident in hand. */
    @Schema(description = "That somebody has an incident in hand.")
    public record AcknowledgeBody(
            @Schema(description = "Markdown, at most 10 000 characters.", example = "rolling back", nullable = true)
            @Nullable
            String note,

            @Schema(
                    description = "Until when nobody need be reminded. Default: until it is over.",
                    example = "2030-01-01T12:00:00Z",
                    nullable = true)
            @Nullable
            Instant until) {}

    /** What is said of an incident. */
    @Schema(description = "What is said of an incident.")
    public record NoteBody(
            @Schema(
                    description = "Markdown, 1 to 10 000 characters.",
                    example = "The **database** is full.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String text,

            @JsonProperty("public")
            @Schema(name = "public", description = "Shown on status pages. Default: false.", example = "false")
            @Nullable
            Boolean shared) {}

    @PostMapping(path = "/acknowledge", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Access.EDITOR)
    @Operation(
            summary = "Acknowledge an incident",
            description =
                    "Says that you have it in hand: reminders stop, checks go on. A second time replaces the first.")
    @ApiResponse(responseCode = "200", description = "The incident.")
    public IncidentView acknowledge(
            Principal principal,
            @Parameter(example = "1") @PathVariable long id,
            @RequestBody(required = false) @Nullable AcknowledgeBody body) {
        response.acknowledge(principal, id, body == null ? null : body.note(), body == null ? null : body.until());
        return incidents.find(principal.teamId(), id);
    }

    @DeleteMapping("/acknowledge")
    @Requires(Access.EDITOR)
    @Operation(
            summary = "Take an acknowledgement back",
            description = "Reminders begin again. Nothing happens where there was none.")
    @ApiResponse(responseCode = "200", description = "The incident.")
    public IncidentView unacknowledge(Principal principal, @Parameter(example = "1") @PathVariable long id) {
        response.unacknowledge(principal, id);
        return incidents.find(principal.teamId(), id);
    }

    @GetMapping("/notes")
    @Requires(Access.VIEWER)
    @Operation(summary = "List notes", description = "What was said of an incident, oldest first.")
    @ApiResponse(responseCode = "200", description = "A window of the notes.")
    public ListView<NoteView> notes(
            Principal principal,
            @Parameter(example = "1") @PathVariable long id,
            @Parameter(description = "How many at most, 1 to 500. Default: 500.", example = "50")
                    @RequestParam(required = false)
                    @Nullable
                    Integer limit,
            @CursorParameter @RequestParam(required = false) @Nullable String cursor) {
        Window window = Window.of(limit == null ? Integer.valueOf(Window.MAX_LIMIT) : limit, cursor, null);
        long after = window.cursor() == null ? 0 : window.cursor().number(0);
        List<IncidentNote> found = response.notes(principal.teamId(), id, after, window.limit() + 1);
        List<IncidentNote> shown = found.subList(0, Math.min(found.size(), window.limit()));
        return ListView.window(
                shown.stream().map(NoteView::of).toList(),
                found.size() == shown.size()
                        ? null
                        : Cursor.of(shown.getLast().id()).text());
    }

    @PostMapping(path = "/notes", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Requires(Access.EDITOR)
    @Operation(
            summary = "Write a note",
            description = "Notes stay as they are. A public one is shown on the status pages that show the service.")
    @ApiResponse(responseCode = "201", description = "The note.")
    public NoteView note(
            Principal principal, @Parameter(example = "1") @PathVariable long id, @RequestBody NoteBody body) {
        return NoteView.of(response.note(principal, id, body.text(), Boolean.TRUE.equals(body.shared())));
    }

    @GetMapping("/timeline")
    @Requires(Access.VIEWER)
    @Operation(
            summary = "Read how an incident went",
            description = "Transitions, notes and acknowledgements, oldest first.")
    @ApiResponse(responseCode = "200", description = "What happened.")
    public ListView<TimelineEntry> timeline(Principal principal, @Parameter(example = "1") @PathVariable long id) {
        return ListView.whole(story.timeline(incidents.stored(principal.teamId(), id)));
    }

    @GetMapping("/evidence")
    @Requires(Access.VIEWER)
    @Operation(
            summary = "Read what the checks saw",
            description =
                    "Results around the beginning of an incident, a row for each location, a column for each slot: "
                            + "ten slots before it and sixty after.")
    @ApiResponse(responseCode = "200", description = "What was seen from where.")
    public EvidenceView evidence(
            Principal principal,
            @Parameter(example = "1") @PathVariable long id,
            @Parameter(description = "Around this instant instead.", example = "2025-12-31T14:30:00Z")
                    @RequestParam(required = false)
                    @Nullable
                    Instant from) {
        Incident incident = incidents.stored(principal.teamId(), id);
        return story.evidence(incident, from == null ? incident.openedAt() : from);
    }
}
