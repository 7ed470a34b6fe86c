package io.healthchecker.core.assertion;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The status is in one of the ranges. */
record StatusExpectation(List<StatusRange> ranges) implements Expectation {
    private static final StatusExpectation SUCCESS = new StatusExpectation(List.of(new StatusRange(200, 299)));

    static StatusExpectation of(@Nullable List<String> ranges) {
        return ranges == null || ranges.isEmpty()
                ? SUCCESS
                : new StatusExpectation(ranges.stream().map(StatusRange::parse).toList());
    }

    @Override
    public @Nullable String failure(Answer answer, Instant now) {
        for (StatusRange range : ranges) {
            if (range.contains(answer.status())) {
                return null;
            }
        }
        return "status (%s%d) is not in %s"
                .formatted(
                        answer.redirects().stream()
                                .map(status -> status + " → ")
                                .collect(Collectors.joining()),
                        answer.status(),
                        ranges.stream().map(StatusRange::toString).collect(Collectors.joining(", ")));
    }
}
