package io.healthchecker.api.index;

import io.healthchecker.core.service.Source;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A list of services by columns: ten thousand of them compress to a fifth of a megabyte. */
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

    static IndexView of(long asOf, Instant at, List<IndexRow> rows) {
        var namespaces = new Dictionary();
        var probes = new Dictionary();
        var sources = new Dictionary();
        var reasons = new Dictionary();
        var labels = new Dictionary();
        var columns = new Columns(
                column(rows, IndexRow::id),
                column(rows, IndexRow::name),
                column(rows, IndexRow::state),
                column(rows, IndexRow::sinceMillis),
                column(rows, row -> reasons.place(row.reason())),
                column(rows, row -> namespaces.place(row.namespace())),
                column(rows, row -> probes.place(row.probe())),
                column(rows, row -> sources.place(Source.of(row.source()).word())),
                column(rows, IndexRow::flags),
                column(rows, row -> row.labels().stream().map(labels::place).toList()),
                column(rows, IndexRow::incidentId),
                column(rows, IndexRow::target),
                column(rows, IndexRow::periodSeconds),
                optional(rows, IndexRow.Day::p95Millis),
                optional(rows, IndexRow.Day::uptimePercent),
                optional(rows, IndexRow.Day::coveragePercent));
        Map<String, List<Integer>> failing = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            IndexRow row = rows.get(i);
            if (row.failing() > 0) {
                failing.put(Integer.toString(i), List.of(row.failing(), row.threshold()));
            }
        }
        var words = new Words(namespaces.words(), probes.words(), sources.words(), reasons.words(), labels.words());
        return new IndexView(asOf, at, rows.size(), words, columns, failing);
    }

    private static <T> List<T> column(List<IndexRow> rows, Function<IndexRow, T> value) {
        return rows.stream().map(value).toList();
    }

    private static List<@Nullable Double> optional(
            List<IndexRow> rows, Function<IndexRow.Day, @Nullable Double> value) {
        List<@Nullable Double> column = new java.util.ArrayList<>(rows.size());
        rows.forEach(row -> column.add(value.apply(row.day())));
        return column;
    }
}
