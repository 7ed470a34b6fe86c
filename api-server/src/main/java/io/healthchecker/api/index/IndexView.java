package io.healthchecker.api.index;

import io.healthchecker.api.find.ServiceRow;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

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
            List<@Nullable Double> cov24) {
        private Map<String, List<?>> byName() {
            Map<String, List<?>> byName = new LinkedHashMap<>();
            byName.put("id", id);
            byName.put("name", name);
            byName.put("state", state);
            byName.put("since", since);
            byName.put("reason", reason);
            byName.put("namespace", namespace);
            byName.put("probe", probe);
            byName.put("source", source);
            byName.put("location", location);
            byName.put("flags", flags);
            byName.put("labels", labels);
            byName.put("incident", incident);
            byName.put("target", target);
            byName.put("period", period);
            byName.put("p95", p95);
            byName.put("up24", up24);
            byName.put("cov24", cov24);
            return byName;
        }
    }

    static IndexView of(long asOf, Instant at, List<ServiceRow> rows) {
        var namespaces = new Dictionary();
        var probes = new Dictionary();
        var sources = new Dictionary();
        var locations = new Dictionary();
        var reasons = new Dictionary();
        var labels = new Dictionary();
        var columns = new Columns(
                column(rows, ServiceRow::id),
                column(rows, ServiceRow::name),
                column(rows, row -> row.state().code()),
                column(rows, ServiceRow::sinceMillis),
                column(rows, row -> reasons.place(row.reason())),
                column(rows, row -> namespaces.place(row.namespace())),
                column(rows, row -> probes.place(row.probe())),
                column(rows, row -> sources.place(row.source().word())),
                column(rows, row -> locations.place(String.join(",", row.locations()))),
                column(rows, ServiceRow::flags),
                column(rows, row -> row.labels().stream().map(labels::place).toList()),
                column(rows, ServiceRow::incidentId),
                column(rows, ServiceRow::target),
                column(rows, ServiceRow::periodSeconds),
                column(rows, row -> row.day().p95Millis()),
                column(rows, row -> row.day().uptimePercent()),
                column(rows, row -> row.day().coveragePercent()));
        Map<String, List<Integer>> failing = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            ServiceRow row = rows.get(i);
            if (row.failing() > 0) {
                failing.put(Integer.toString(i), List.of(row.failing(), row.threshold()));
            }
        }
        var words = new Words(
                namespaces.words(),
                probes.words(),
                sources.words(),
                locations.words(),
                reasons.words(),
                labels.words());
        return new IndexView(asOf, at, rows.size(), words, columns, failing);
    }

    private static <T extends @Nullable Object> List<T> column(List<ServiceRow> rows, Function<ServiceRow, T> value) {
        List<T> column = new ArrayList<>(rows.size());
        rows.forEach(row -> column.add(value.apply(row)));
        return column;
    }

    /** As JSON, in pieces that make it up one after the other: a column is a piece of its own. */
    List<byte[]> pieces(JsonMapper mapper) {
        List<byte[]> pieces = new ArrayList<>();
        pieces.add("{\"asOf\":%d,\"at\":%s,\"count\":%d,\"columns\":{"
                .formatted(asOf, mapper.writeValueAsString(at), count)
                .getBytes(StandardCharsets.UTF_8));
        columns.byName().forEach((name, column) -> {
            var piece = new ByteArrayOutputStream();
            piece.writeBytes(
                    (pieces.size() > 1 ? ",\"%s\":" : "\"%s\":").formatted(name).getBytes(StandardCharsets.UTF_8));
            piece.writeBytes(mapper.writeValueAsBytes(column));
            pieces.add(piece.toByteArray());
        });
        pieces.add("},\"words\":%s,\"failing\":%s}"
                .formatted(mapper.writeValueAsString(words), mapper.writeValueAsString(failing))
                .getBytes(StandardCharsets.UTF_8));
        return pieces;
    }
}
