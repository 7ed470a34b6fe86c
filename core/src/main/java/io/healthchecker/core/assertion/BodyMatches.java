package io.healthchecker.core.assertion;

import com.google.re2j.Pattern;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A regular expression matches somewhere in the body: RE2, so that its time is linear whatever it says. */
record BodyMatches(Pattern pattern) implements Expectation {
    static BodyMatches compile(String expression) {
        return new BodyMatches(BoundedPattern.compile("bodyMatches", expression));
    }

    @Override
    public @Nullable String failure(Answer answer, Instant now) {
        return pattern.matcher(Text.ofBody(answer)).find()
                ? null
                : "%s does not match %s".formatted(Text.nameOfBody(answer), Excerpt.of(pattern.pattern(), 100));
    }
}
