package io.healthchecker.api.history;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.list.CursorParameter;
import io.healthchecker.api.list.LimitParameter;
import io.healthchecker.api.list.ListView;
import io.healthchecker.api.list.Window;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.check.Outcome;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Results of checks. */
@RestController
@RequestMapping(path = "/api/v1/services/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "history", description = "What was checked and what became of it.")
public class ResultController {
    private final ServiceHistory history;

    ResultController(ServiceHistory history) {
        this.history = history;
    }

    @GetMapping("/health-checks")
    @Requires(Access.VIEWER)
    @Operation(
            summary = "List results",
            description = "Every check of a service, newest first. Read on with `cursor=<nextCursor>`, or by `page`. "
                    + "The results of a deleted service stay.")
    @ApiResponse(responseCode = "200", description = "A window of the results.")
    public ListView<ResultView> results(
            Principal principal,
            @Parameter(example = "1") @PathVariable long id,
            @LimitParameter @RequestParam(required = false) @Nullable Integer limit,
            @CursorParameter @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "Number of the page from 1, instead of a cursor.", example = "1")
                    @RequestParam(required = false)
                    @Nullable
                    Integer page,
            @Parameter(description = "Only these: UP, DEGRADED, DOWN, UNKNOWN.", example = "DOWN,UNKNOWN")
                    @RequestParam(required = false)
                    @Nullable
                    List<String> outcome,
            @Parameter(description = "Slots from here on.", example = "2026-01-01T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable
                    Instant from,
            @Parameter(description = "Slots before this.", example = "2026-01-02T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable
                    Instant to) {
        Window window = Window.of(limit, cursor, page);
        SlotRange range = SlotRange.of(from, to);
        Set<Outcome> outcomes = outcomes(outcome);
        history.refuseUnknown(principal.teamId(), id);
        return history.results(id, range, outcomes, window);
    }

    @GetMapping("/results/{slot}~{location}")
    @Requires(Access.VIEWER)
    @Operation(summary = "Read a result", description = "The one result of a slot at a location; never changes.")
    @ApiResponse(responseCode = "200", description = "The result.")
    public ResultView result(
            Principal principal,
            @Parameter(example = "1") @PathVariable long id,
            @Parameter(description = "Slot, epoch milliseconds.", example = "1767191400000") @PathVariable long slot,
            @Parameter(example = "default") @PathVariable String location) {
        history.refuseUnknown(principal.teamId(), id);
        return history.result(id, slot, location);
    }

    private static Set<Outcome> outcomes(@Nullable List<String> words) {
        Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
        for (String word : words == null ? List.<String>of() : words) {
            outcomes.add(Arrays.stream(Outcome.values())
                    .filter(outcome -> outcome.name().equals(word.strip().toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> ProblemException.badParameter(
                            "outcome",
                            "outcome is \"%s\"; it must be one of %s"
                                    .formatted(
                                            word.length() <= 40 ? word : word.substring(0, 40) + "…",
                                            Arrays.toString(Outcome.values())))));
        }
        return outcomes;
    }
}
