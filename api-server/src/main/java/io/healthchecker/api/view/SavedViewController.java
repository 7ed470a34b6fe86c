package io.healthchecker.api.view;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.AuditLog;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.list.ListView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Filters of the list that have a name. */
@RestController
@RequestMapping(path = "/api/v1/views", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "views", description = "Filters of the list that have a name.")
public class SavedViewController {
    private final SavedViews views;
    private final AuditLog audit;

    SavedViewController(SavedViews views, AuditLog audit) {
        this.views = views;
        this.audit = audit;
    }

    /** What a view is to be. */
    @Schema(name = "SavedViewBody", description = "What a view is to be.")
    public record Body(
            @Schema(
                    description = "1 to 100 characters, unique among yours in this team.",
                    example = "my tier 1",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String name,

            @Schema(
                    description = "As in the address of the list, without the question mark.",
                    example = "label=tier:1&state=-Up",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String query,

            @Schema(description = "Whether all of the team see it. Default: false.", example = "false", nullable = true)
            @Nullable
            Boolean shared) {}

    /** A view as it is shown. */
    @Schema(name = "SavedView", description = "A filter of the list that somebody gave a name.")
    public record Shown(
            @Schema(example = "1") long id,
            @Schema(example = "my tier 1") String name,
            @Schema(example = "label=tier:1&state=-Up") String query,
            @Schema(example = "false") boolean shared,

            @Schema(description = "Who made it.", example = "ada@example.com")
            String owner,

            @Schema(description = "Whether you may remove it.", example = "true")
            boolean removable,

            Instant createdAt) {
        static Shown of(SavedView view, Principal to) {
            return new Shown(
                    view.id(),
                    view.name(),
                    view.query(),
                    view.shared(),
                    view.email(),
                    view.isRemovableBy(to),
                    view.createdAt());
        }
    }

    @GetMapping
    @Requires(Access.VIEWER)
    @Operation(summary = "List views", description = "Your own in this team, and those that others share.")
    @ApiResponse(responseCode = "200", description = "All of them, by name.")
    public ListView<Shown> list(Principal principal) {
        return ListView.whole(views.list(principal).stream()
                .map(view -> Shown.of(view, principal))
                .toList());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Requires(Access.VIEWER)
    @Operation(
            summary = "Save a view",
            description =
                    "For yourself, or as an editor for all of the team. A view never hides anything: it is an address.")
    @ApiResponse(responseCode = "201", description = "The view.")
    public Shown save(Principal principal, @RequestBody Body body) {
        boolean shared = Boolean.TRUE.equals(body.shared());
        Shown saved = Shown.of(views.save(principal, body.name(), body.query(), shared), principal);
        if (shared) {
            audit.record(principal, "create", "view", saved.id(), saved.name(), null, saved);
        }
        return saved;
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Access.VIEWER)
    @Operation(summary = "Remove a view", description = "Your own; for an admin also what others share.")
    @ApiResponse(responseCode = "204", description = "Removed.")
    public void remove(Principal principal, @Parameter(example = "1") @PathVariable long id) {
        SavedView view = views.remove(principal, id);
        if (view.shared()) {
            audit.record(principal, "delete", "view", id, view.name(), Shown.of(view, principal), null);
        }
    }
}
