package io.healthchecker.core.assertion;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A text is somewhere in the body. */
record BodyContains(String text) implements Expectation {
    @Override
    public @Nullable String failure(Answer answer, Instant now) {
        return Text.ofBody(answer).contains(text)
                ? null
                : "%s does not contain \"%s\"".formatted(Text.nameOfBody(answer), Excerpt.of(text, 100));
    }
}
