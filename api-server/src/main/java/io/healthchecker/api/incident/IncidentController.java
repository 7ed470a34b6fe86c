package io.healthchecker.api.incident;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.list.CursorParameter;
import io.healthchecker.api.list.LimitParameter;
import io.healthchecker.api.list.ListView;
import io.healthchecker.api.list.Window;
import io.healthchecker.api.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Incidents of a team. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "incidents", description = "From the transition that left Up to the one that came back.")
public class IncidentController {
    private final Incidents incidents;

    IncidentController(Incidents incidents) {
        this.incidents = incidents;
    }

    @GetMapping("/incidents")
    @Requires(Access.VIEWER)
    @Operation(summary = "List incidents", description = "The incidents of the team, newest first.")
    @ApiResponse(responseCode = "200", description = "A window of the incidents.")
    public ListView<IncidentView> list(
            Principal principal,
            @Parameter(description = "Only these: open, closed.", example = "open")
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @Parameter(description = "Only those of this service.", example = "1")
                    @RequestParam(required = false)
                    @Nullable
                    Long service,
            @LimitParameter @RequestParam(required = false) @Nullable Integer limit,
            @CursorParameter @RequestParam(required = false) @Nullable String cursor) {
        return incidents.list(principal.teamId(), service, open(state), Window.of(limit, cursor, null));
    }

    @GetMapping("/incidents/{id}")
    @Requires(Access.VIEWER)
    @Operation(summary = "Read an incident", description = "One incident of the team.")
    @ApiResponse(responseCode = "200", description = "The incident.")
    public IncidentView read(Principal principal, @Parameter(example = "1") @PathVariable long id) {
        return incidents.find(principal.teamId(), id);
    }

    @GetMapping("/services/{id}/incidents")
    @Requires(Access.VIEWER)
    @Operation(summary = "List a service's incidents", description = "The incidents of one service, newest first.")
    @ApiResponse(responseCode = "200", description = "A window of the incidents.")
    public ListView<IncidentView> ofService(
            Principal principal,
            @Parameter(example = "1") @PathVariable long id,
            @Parameter(description = "Only these: open, closed.", example = "open")
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @LimitParameter @RequestParam(required = false) @Nullable Integer limit,
            @CursorParameter @RequestParam(required = false) @Nullable String cursor) {
        Window window = Window.of(limit, cursor, null);
        Boolean open = open(state);
        incidents.refuseUnknown(principal.teamId(), id);
        return incidents.list(principal.teamId(), id, open, window);
    }

    private static @Nullable Boolean open(@Nullable String state) {
        return switch (state) {
            case null -> null;
            case "open" -> true;
            case "closed" -> false;
            default ->
                throw ProblemException.badParameter(
                        "state",
                        "state is \"%s\"; it must be open or closed"
                                .formatted(state.length() <= 40 ? state : state.substring(0, 40) + "…"));
        };
    }
}
