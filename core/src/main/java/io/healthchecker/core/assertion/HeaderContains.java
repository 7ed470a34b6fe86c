package io.healthchecker.core.assertion;

import io.healthchecker.crds.probe.HeaderExpectation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A header is there, and one of its values contains a text. */
record HeaderContains(String name, @Nullable String text) implements Expectation {
    private static final int SHOWN = 100;

    static HeaderContains of(HeaderExpectation wanted) {
        return new HeaderContains(Objects.requireNonNull(wanted.name(), "expectedHeaders.name"), wanted.contains());
    }

    @Override
    public @Nullable String failure(Answer answer, Instant now) {
        List<String> values = new ArrayList<>(1);
        for (Header header : answer.headers()) {
            if (header.is(name)) {
                String value = header.text();
                if (text == null || value.contains(text)) {
                    return null;
                }
                values.add(value);
            }
        }
        if (values.isEmpty()) {
            return "header %s is absent".formatted(name);
        }
        return "header %s (%s) does not contain \"%s\""
                .formatted(
                        name,
                        values.stream()
                                .map(value -> '"' + Excerpt.of(value, SHOWN) + '"')
                                .collect(Collectors.joining(", ")),
                        Excerpt.of(String.valueOf(text), SHOWN));
    }
}
