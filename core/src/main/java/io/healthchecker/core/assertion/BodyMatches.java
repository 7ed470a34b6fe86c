package io.healthchecker.core.assertion;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A regular expression matches somewhere in the body: RE2, so that its time is linear whatever it says. */
record BodyMatches(Pattern pattern) implements Expectation {
    static BodyMatches compile(String expression) {
        long steps = ExpressionSize.of(expression);
        if (steps > ExpressionSize.MAX_STEPS) {
            throw new IllegalArgumentException(
                    "bodyMatches has about %d steps when its repetitions are written out; it must have at most %d"
                            .formatted(steps, ExpressionSize.MAX_STEPS));
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
