package io.healthchecker.api.history;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What charts of a service are drawn from. */
@RestController
@RequestMapping(path = "/api/v1/services/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "history")
public class SeriesController {
    private static final int MOST_POINTS = 720;

    private final ServiceHistory history;
    private final Series series;
    private final UptimeHistory uptimes;

    SeriesController(ServiceHistory history, Series series, UptimeHistory uptimes) {
        this.history = history;
        this.series = series;
        this.uptimes = uptimes;
    }

    @GetMapping("/series")
    @Requires(Access.VIEWER)
    @Operation(
            summary = "Read latency over time",
            description =
                    "Percentiles, extremes and phases of the checks that passed, in buckets of a round length, "
                            + "as short as the wanted number of points allows. A bucket without a result is a gap: null, never 0.")
    @ApiResponse(responseCode = "200", description = "The series, by columns.")
    public SeriesView series(
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
            @Parameter(description = "How many buckets at most, 2 to 720.", example = "720")
                    @RequestParam(defaultValue = "720")
                    int points,
            @Parameter(example = "default") @RequestParam(defaultValue = "default") String location) {
        SlotRange range = SlotRange.of(from, to);
        if (points < 2 || points > MOST_POINTS) {
            throw ProblemException.badParameter(
                    "points", "points is %d; it must be 2 to %d".formatted(points, MOST_POINTS));
        }
        history.refuseUnknown(principal.teamId(), id);
        return series.of(id, history.locationId(location), location, range, points);
    }

    @GetMapping("/uptimes")
    @Requires(Access.VIEWER)
    @Operation(
            summary = "Add up the usual uptimes",
            description = "As `/uptime`, of the last 24 hours, 7, 30 and 90 days.")
    @ApiResponse(responseCode = "200", description = "How each time divides.")
    public Map<String, UptimeView> uptimes(
            Principal principal,
            @Parameter(example = "1") @PathVariable long id,
            @Parameter(example = "default") @RequestParam(defaultValue = "default") String location) {
        history.refuseUnknown(principal.teamId(), id);
        int locationId = history.locationId(location);
        Map<String, UptimeView> views = new LinkedHashMap<>();
        for (TimeSpan span : List.of(TimeSpan.DAY, TimeSpan.WEEK, TimeSpan.MONTH, TimeSpan.QUARTER)) {
            var answer = uptimes.last(id, locationId, span.millis());
            views.put(span.word(), UptimeView.of(answer.window(), location, answer.uptime()));
        }
        return views;
    }
}
