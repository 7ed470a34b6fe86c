package io.healthchecker.core.assertion;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Values of expressions, written for a person: short, and on one line. */
final class Shown {
    private static final int MAX = 100;

    private Shown() {}

    static String of(Object value) {
        return Excerpt.of(text(value), MAX);
    }

    private static String text(Object value) {
        return switch (value) {
            case String text -> '"' + Excerpt.of(text, MAX) + '"';
            case Double number ->
                number == Math.rint(number) && Math.abs(number) < 1e15
                        ? Long.toString(number.longValue())
                        : number.toString();
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .limit(MAX / 4)
                        .map(entry -> text(entry.getKey()) + ": " + text(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Collection<?> list ->
                list.stream().limit(MAX / 2).map(Shown::text).collect(Collectors.joining(", ", "[", "]"));
            case dev.cel.common.values.NullValue _ -> "null";
            default -> value.toString();
        };
    }

    /** Of a value that must not be shown: how much of it there is. */
    static String size(Object value) {
        return switch (value) {
            case String text -> text.length() + " characters";
            case Map<?, ?> map -> map.size() + " entries";
            default -> "not shown";
        };
    }
}
