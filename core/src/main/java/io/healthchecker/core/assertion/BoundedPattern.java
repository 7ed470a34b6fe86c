package io.healthchecker.core.assertion;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** A regular expression of RE2 whose cost is bounded: its time is linear in the text, and in its own size, which has a limit. */
public final class BoundedPattern {
    private BoundedPattern() {}

    /**
     * Compiles it; its size first, since written out a short expression with nested repetitions can fill the memory.
     *
     * @param field what a message names
     * @throws IllegalArgumentException if it is too large or no expression, with a message that begins with the field
     */
    public static Pattern compile(String field, String expression) {
        long steps = ExpressionSize.of(expression);
        if (steps > ExpressionSize.MAX_STEPS) {
            throw new IllegalArgumentException(
                    "%s has about %d steps when its repetitions are written out; it must have at most %d"
                            .formatted(field, steps, ExpressionSize.MAX_STEPS));
        }
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "%s is not an RE2 regular expression: %s".formatted(field, Excerpt.of(e.getDescription())), e);
        }
    }
}
