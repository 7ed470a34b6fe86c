package io.healthchecker.api.index;

import io.healthchecker.api.find.ServiceRow;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** A column of the index: what it has of each service, as JSON. {@link IndexView.Columns} describes them. */
enum IndexColumn {
    ID("id", (out, row, _) -> out.append(row.id())),
    NAME("name", (out, row, _) -> quote(out, row.name())),
    STATE("state", (out, row, _) -> out.append(row.state().code())),
    SINCE("since", (out, row, _) -> out.append(row.sinceMillis())),
    REASON("reason", (out, row, words) -> out.append(words.reason(row))),
    NAMESPACE("namespace", (out, row, words) -> out.append(words.namespace(row))),
    PROBE("probe", (out, row, words) -> out.append(words.probe(row))),
    SOURCE("source", (out, row, words) -> out.append(words.source(row))),
    LOCATION("location", (out, row, words) -> out.append(words.location(row))),
    FLAGS("flags", (out, row, _) -> out.append(row.flags())),
    LABELS("labels", (out, row, words) -> list(out, row.labels(), words)),
    INCIDENT("incident", (out, row, _) -> out.append(row.incidentId())),
    TARGET("target", (out, row, _) -> quote(out, row.target())),
    PERIOD("period", (out, row, _) -> out.append(row.periodSeconds())),
    P95("p95", (out, row, _) -> out.append(row.day().p95Millis())),
    UP24("up24", (out, row, _) -> out.append(row.day().uptimePercent())),
    COV24("cov24", (out, row, _) -> out.append(row.day().coveragePercent()));

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String word;
    private final Cell cell;

    IndexColumn(String word, Cell cell) {
        this.word = word;
        this.cell = cell;
    }

    private interface Cell {
        void write(StringBuilder out, ServiceRow row, IndexWords words);
    }

    String word() {
        return word;
    }

    /** Writes the values of some services, with commas between them. */
    void write(StringBuilder out, List<ServiceRow> rows, IndexWords words) {
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            cell.write(out, rows.get(i), words);
        }
    }

    /** What it has of some services. */
    String text(List<ServiceRow> rows, IndexWords words) {
        var text = new StringBuilder();
        write(text, rows, words);
        return text.toString();
    }

    private static void list(StringBuilder out, List<String> labels, IndexWords words) {
        out.append('[');
        for (int i = 0; i < labels.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            out.append(words.label(labels.get(i)));
        }
        out.append(']');
    }

    private static void quote(StringBuilder out, String text) {
        if (isPlain(text)) {
            out.append('"').append(text).append('"');
        } else {
            out.append(JSON.writeValueAsString(text));
        }
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter < ' ' || letter == '"' || letter == '\\') {
                return false;
            }
        }
        return true;
    }
}
