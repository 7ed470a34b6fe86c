package io.healthchecker.worker.probe.http;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.healthchecker.core.assertion.Answer;
import io.healthchecker.core.assertion.BoundedPattern;
import io.healthchecker.core.assertion.Header;
import io.healthchecker.crds.probe.Capture;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes one value from an answer. */
final class Catch {
    private static final int MAX_VALUE = 8_192;

    private final String name;
    private final @Nullable JsonPlace place;
    private final @Nullable String header;
    private final @Nullable Pattern pattern;

    Catch(Capture wanted) {
        this.name = Objects.requireNonNull(wanted.name(), "capture.name");
        this.place = wanted.jsonPath() == null ? null : JsonPlace.parse(wanted.jsonPath());
        this.header = wanted.header();
        this.pattern = wanted.bodyMatches() == null
                ? null
                : BoundedPattern.compile("capture.bodyMatches", wanted.bodyMatches());
    }

    /**
     * Takes it.
     *
     * @throws IllegalArgumentException if it is not there; the message names it, and shows nothing of the answer
     */
    Captured from(Answer answer) {
        String value = value(answer);
        if (value.length() > MAX_VALUE) {
            throw new IllegalArgumentException(
                    "capture %s has %d characters; it may have %d".formatted(name, value.length(), MAX_VALUE));
        }
        return new Captured(name, value);
    }

    private String value(Answer answer) {
        if (header != null) {
            for (Header line : answer.headers()) {
                if (line.is(header)) {
                    return line.value();
                }
            }
            throw new IllegalArgumentException("capture %s: header %s is absent".formatted(name, header));
        }
        if (pattern != null) {
            Matcher found = pattern.matcher(new String(answer.body(), StandardCharsets.UTF_8));
            if (!found.find()) {
                throw new IllegalArgumentException("capture %s: the body does not match".formatted(name));
            }
            return Objects.requireNonNullElse(found.groupCount() > 0 ? found.group(1) : found.group(), "");
        }
        try {
            return Objects.requireNonNull(place, "nothing to capture by").in(answer.body());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("capture %s: %s".formatted(name, e.getMessage()), e);
        }
    }
}
