package io.healthchecker.helm;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The table of values in a README, between two marks. */
final class ValuesTable {
    private static final String BEGIN = "<!-- values: generated from values.yaml -->\n";
    private static final String END = "<!-- end of values -->\n";
    private static final JsonMapper JSON = JsonMapper.shared();

    private ValuesTable() {}

    /** The README with the table of these values in the place of the one that it has. */
    static String into(String readme, List<Value> values) {
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the README lacks a line: " + BEGIN + END);
        }
        return readme.substring(0, begin + BEGIN.length()) + table(values) + readme.substring(end);
    }

    private static String table(List<Value> values) {
        return values.stream()
                .flatMap(ValuesTable::rows)
                .collect(Collectors.joining("\n", "| value | default | meaning |\n|---|---|---|\n", "\n"));
    }

    private static Stream<String> rows(Value value) {
        String text = value.comment().map(Value.Comment::text).orElse("").replace("|", "\\|");
        String name = value.isLeaf() ? "`%s`".formatted(value.path()) : "**%s**".formatted(value.path());
        String standard = value.isLeaf() ? "`%s`".formatted(standard(value)) : "";
        return Stream.concat(
                Stream.of("| %s | %s | %s |".formatted(name, standard, text + choices(value))),
                value.parts().stream().flatMap(ValuesTable::rows));
    }

    private static String standard(Value value) {
        return JSON.writeValueAsString(value.standard()).replace("|", "\\|");
    }

    private static String choices(Value value) {
        return value.comment()
                .map(comment -> comment.schema().get("enum"))
                .filter(List.class::isInstance)
                .map(choices -> " ("
                        + ((List<?>) choices).stream().map(Object::toString).collect(Collectors.joining(", ")) + ")")
                .orElse("");
    }
}
