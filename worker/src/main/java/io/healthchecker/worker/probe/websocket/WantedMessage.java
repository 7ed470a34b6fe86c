package io.healthchecker.worker.probe.websocket;

import com.google.re2j.Pattern;
import io.healthchecker.core.assertion.BoundedPattern;
import io.healthchecker.core.assertion.Excerpt;
import org.jspecify.annotations.Nullable;

/** What a message of the server must be; null stands for whatever it is. */
record WantedMessage(@Nullable String text, @Nullable Pattern pattern) {
    // of a message: expressions are tried on the thread that others wait for
    private static final int MATCHED = 4_096;

    static @Nullable WantedMessage of(@Nullable String text, @Nullable String expression) {
        if (text == null && expression == null) {
            return null;
        }
        return new WantedMessage(
                text, expression == null ? null : BoundedPattern.compile("messageMatches", expression));
    }

    boolean isMetBy(String message) {
        return (text == null || message.contains(text))
                && (pattern == null
                        || pattern.matcher(message.substring(0, Math.min(MATCHED, message.length())))
                                .find());
    }

    /** Such as {@code contains "pong"}. */
    @Override
    public String toString() {
        String contains = text == null ? "" : "contains \"%s\"".formatted(Excerpt.of(text, 100));
        String matches = pattern == null ? "" : "matches " + Excerpt.of(pattern.pattern(), 100);
        return contains + (contains.isEmpty() || matches.isEmpty() ? "" : " and ") + matches;
    }
}
