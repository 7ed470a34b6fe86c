package io.healthchecker.core.assertion;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A regular expression matches somewhere in the body: RE2, so that its time is linear whatever it says. */
record BodyMatches(Pattern pattern) implements Expectation {
    /** Largest expression in RE2's own steps: the cost of a match is at most this times the size of the body. */
    static final int MAX_STEPS = 2_000;

    static BodyMatches compile(String expression) {
        long steps = ExpressionSize.of(expression);
        if (steps > MAX_STEPS) {
            throw new IllegalArgumentException(
                    "bodyMatches has about %d steps when its repetitions are written out; it must have at most %d"
                            .formatted(steps, MAX_STEPS));
        }
        try {
            return new BodyMatches(Pattern.compile(expression));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "bodyMatches is not an RE2 regular expression: " + Excerpt.of(String.valueOf(e.getMessage())), e);
        }
    }

    @Override
    public @Nullable String failure(Answer answer, Instant now) {
        return pattern.matcher(Text.ofBody(answer)).find()
                ? null
                : "%s does not match %s".formatted(Text.nameOfBody(answer), Excerpt.of(pattern.pattern(), 100));
    }
}
