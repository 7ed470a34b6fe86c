package io.healthchecker.api.service;

import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.api.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What If-Match and If-None-Match ask of the version that is stored. A version's ETag is its number in quotation marks. */
final class Precondition {
    private static final Pattern TAG = Pattern.compile("\\s*(?:W/)?\"([^\"]*)\"\\s*(?:,|$)");

    private final boolean any;
    private final List<String> tags;

    private Precondition(boolean any, List<String> tags) {
        this.any = any;
        this.tags = tags;
    }

    static String etag(long version) {
        return "\"" + version + "\"";
    }

    /** Reads a header; null if it is missing. */
    static @Nullable Precondition of(String header, @Nullable String value) {
        if (value == null) {
            return null;
        }
        if (value.strip().equals("*")) {
            return new Precondition(true, List.of());
        }
        List<String> tags = new ArrayList<>();
        Matcher matcher = TAG.matcher(value);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            tags.add(matcher.group(1));
            end = matcher.end();
        }
        if (tags.isEmpty() || end != value.length()) {
            throw ProblemException.badParameter(
                    header, "%s is %s; it must be the ETag of an answer, such as \"3\"".formatted(header, value));
        }
        return new Precondition(false, tags);
    }

    boolean matches(long version) {
        return any || tags.contains(Long.toString(version));
    }

    /** Refuses a change that was based on another version. */
    static void refuseOutdated(@Nullable Precondition ifMatch, long stored) {
        if (ifMatch != null && !ifMatch.matches(stored)) {
            throw new ProblemException(
                            ProblemType.VERSION_MISMATCH,
                            "If-Match",
                            "the service has version %d by now, which If-Match does not name; read it again and repeat the change"
                                    .formatted(stored))
                    .withHeader("ETag", etag(stored));
        }
    }
}
