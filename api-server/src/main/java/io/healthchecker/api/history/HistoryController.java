package io.healthchecker.api.history;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.list.CursorParameter;
import io.healthchecker.api.list.LimitParameter;
import io.healthchecker.api.list.ListView;
import io.healthchecker.api.list.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What became of a service: transitions, uptime, gaps. */
@RestController
@RequestMapping(path = "/api/v1/services/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "history", description = "What was checked and what became of it.")
public class HistoryController {
    private final ServiceHistory history;
    private final UptimeHistory uptimes;

    HistoryController(ServiceHistory history, UptimeHistory uptimes) {
        this.history = history;
        this.uptimes = uptimes;
    }

    @GetMapping("/transitions")
    @Requires(Access.VIEWER)
    @Operation(
            summary = "List transitions",
            description = "Every change of state of a service, newest first, numbered without a hole.")
    @ApiResponse(responseCode = "200", description = "A window of the transitions.")
    public ListView<TransitionView> transitions(
            Principal principal,
            @Parameter(example = "1") @PathVariable long id,
            @LimitParameter @RequestParam(required = false) @Nullable Integer limit,
            @CursorParameter @RequestParam(required = false) @Nullable String cursor) {
        Window window = Window.of(limit, cursor, null);
        history.refuseUnknown(principal.teamId(), id);
        return history.transitions(id, window);
    }

    @GetMapping("/gaps")
    @Requires(Access.VIEWER)
    @Operation(
            summary = "List gaps",
            description =
                    "Slots of a service that have no result, and why, newest first: every slot is a result or in here.")
    @ApiResponse(responseCode = "200", description = "A window of the gaps.")
    public ListView<GapView> gaps(
            Principal principal,
            @Parameter(example = "1") @PathVariable long id,
            @LimitParameter @RequestParam(required = false) @Nullable Integer limit,
            @CursorParameter @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "Gaps that reach to here or further.", example = "2026-01-01T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable
                    Instant from,
            @Parameter(description = "Gaps that begin before this.", example = "2026-01-02T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable
                    Instant to) {
        Window window = Window.of(limit, cursor, null);
        SlotRange range = SlotRange.of(from, to);
        history.refuseUnknown(principal.teamId(), id);
        return history.gaps(id, range, window);
    }

    @GetMapping("/uptime")
    @Requires(Access.VIEWER)
    @Operation(
            summary = "Add up uptime",
            description = "By time, not by count: a result speaks until the next one, for two periods at most. "
                    + "Degraded is up; what no result covers is unknown; suspended time is outside. At most 366 days.")
    @ApiResponse(responseCode = "200", description = "How the time divides.")
    public UptimeView uptime(
            Principal principal,
            @Parameter(example = "1") @PathVariable long id,
            @Parameter(description = "Default: a day before `to`.", example = "2026-01-01T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable
                    Instant from,
            @Parameter(description = "Default: now.", example = "2026-01-02T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable
                    Instant to,
            @Parameter(example = "default") @RequestParam(defaultValue = "default") String location) {
        SlotRange range = SlotRange.of(from, to);
        history.refuseUnknown(principal.teamId(), id);
        int locationId = history.locationId(location);
        var answer = uptimes.uptime(id, locationId, range);
        return UptimeView.of(answer.window(), location, answer.uptime());
    }
}
