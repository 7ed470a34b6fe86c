package io.healthchecker.api.history;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What services were, in short. */
@RestController
@RequestMapping(path = "/api/v1/services", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "history")
public class BarController {
    private static final int MOST_SERVICES = 200;
    private static final int MOST_BUCKETS = 120;
    private static final long DAY_MILLIS = 86_400_000;

    private final Bars bars;

    BarController(Bars bars) {
        this.bars = bars;
    }

    @GetMapping("/bars")
    @Requires(Access.VIEWER)
    @Operation(
            summary = "Read what services were",
            description = "A letter for each part of a time up to now: the worst state that was held in it. "
                    + "Services that are not of this team are left out.")
    @ApiResponse(responseCode = "200", description = "The letters.")
    public BarsView bars(
            Principal principal,
            @Parameter(description = "Services, at most 200, separated by commas.", example = "1,2")
                    @RequestParam(defaultValue = "")
                    List<Long> ids,
            @Parameter(description = "1h, 24h, 7d, 30d or 90d.", example = "24h") @RequestParam(defaultValue = "24h")
                    String range,
            @Parameter(description = "Into how many parts, 1 to 120.", example = "48")
                    @RequestParam(defaultValue = "48")
                    int buckets,
            @Parameter(
                            description =
                                    "A time zone. Parts are its calendar days then, today the last of them; of 7d, 30d or 90d.",
                            example = "Europe/Berlin")
                    @RequestParam(required = false)
                    @Nullable
                    String zone) {
        if (ids.size() > MOST_SERVICES) {
            throw ProblemException.badParameter(
                    "ids", "ids names %d services; it may name %d".formatted(ids.size(), MOST_SERVICES));
        }
        if (buckets < 1 || buckets > MOST_BUCKETS) {
            throw ProblemException.badParameter(
                    "buckets", "buckets is %d; it must be 1 to %d".formatted(buckets, MOST_BUCKETS));
        }
        TimeSpan span = TimeSpan.of(range);
        return zone == null
                ? bars.of(principal.teamId(), ids, span.millis(), buckets)
                : bars.ofDays(principal.teamId(), ids, zone(zone), days(span));
    }

    private static int days(TimeSpan span) {
        return switch (span) {
            case WEEK, MONTH, QUARTER -> Math.toIntExact(span.millis() / DAY_MILLIS);
            case HOUR, DAY ->
                throw ProblemException.badParameter(
                        "range", "range is %s; days of a zone are those of 7d, 30d or 90d".formatted(span.word()));
        };
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw ProblemException.badParameter(
                    "zone",
                    "zone is \"%s\"; it must be a time zone such as Europe/Berlin"
                            .formatted(name.length() > 40 ? name.substring(0, 40) + "…" : name));
        }
    }
}
