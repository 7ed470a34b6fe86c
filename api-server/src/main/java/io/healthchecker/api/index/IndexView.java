package io.healthchecker.api.index;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list of services by columns, as it is described to others: ten thousand of them compress to a fifth of a megabyte.
 * {@link IndexText} writes it.
 */
@Schema(description = "Services by columns, in the order of their ids: element i of every column is of service i.")
record IndexView(
        @Schema(description = "The newest event that it knows of: subscribe to the feed with it as `after`.")
        long asOf,

        Instant at,
        @Schema(description = "How many services.") int count,
        Words words,
        Columns columns,

        @Schema(description = "By row: failures in a row, and the threshold; only those that have some.")
        Map<String, List<Integer>> failing) {

    /** What columns of numbers stand for. */
    @Schema(description = "What the numbers in the columns of the same names mean.")
    record Words(
            List<String> namespace,
            List<String> probe,
            List<String> source,

            @Schema(description = "Names, with commas between them where a service is checked from several.")
            List<String> location,

            List<String> reason,

            @Schema(description = "key:value", example = "[\"tier:1\"]")
            List<String> label) {}

    /** The columns. */
    @Schema(description = "One element for each service.")
    record Columns(
            List<Long> id,
            List<String> name,

            @Schema(description = "1 Up, 2 Degraded, 3 Down, 4 Unknown, 5 Suspended.")
            List<Integer> state,

            @Schema(description = "When it came to this state, epoch milliseconds.")
            List<Long> since,

            List<Integer> reason,
            List<Integer> namespace,
            List<Integer> probe,
            List<Integer> source,
            List<Integer> location,

            @Schema(description = "1 failing, 2 late, 4 flapping, 8 maintenance, 16 acknowledged; added up.")
            List<Integer> flags,

            List<List<Integer>> labels,

            @Schema(description = "The open incident, 0 for none.")
            List<Long> incident,

            @Schema(description = "Address or host.") List<String> target,
            @Schema(description = "Seconds.") List<Integer> period,

            @Schema(description = "Milliseconds in the last hour; null where nothing was measured.")
            List<@Nullable Double> p95,

            @Schema(description = "Percent in the last 24 hours, cut off; null where nothing is known.")
            List<@Nullable Double> up24,

            @Schema(description = "Percent of the last 24 hours with a verdict.")
            List<@Nullable Double> cov24) {}
}
