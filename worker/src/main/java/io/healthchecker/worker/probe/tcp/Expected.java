package io.healthchecker.worker.probe.tcp;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.healthchecker.core.assertion.BoundedPattern;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is waited for in what a server says. It is looked for in all that was said since the last match, whether or not
 * a line is complete; then in each complete line by itself, so that {@code $} is also the end of a line.
 *
 * @param firstLineOnly whether nothing but the first line can match, so that one that does not is a failure at once
 */
record Expected(Pattern pattern, boolean firstLineOnly) {
    // what may match the end of a line: written as such, or by a class that has it
    private static final java.util.regex.Pattern SPANS_LINES = java.util.regex.Pattern.compile(
            "\\\\[nsvDWPpCxQ0-9]|\\\\[ta]-|\\[\\^|\\[:|\\(\\?(?!P?<)[a-zA-Z]|[\\x00-\\x1f]");

    static Expected compile(String field, String expression) {
        return new Expected(BoundedPattern.compile(field, expression), onlyFirstLine(expression));
    }

    private static boolean onlyFirstLine(String expression) {
        return expression.startsWith("^")
                && !alternates(expression)
                && !SPANS_LINES.matcher(expression).find();
    }

    // a | outside of all groups and classes begins an alternative that ^ does not hold
    private static boolean alternates(String expression) {
        int depth = 0;
        boolean inClass = false;
        for (int i = 0; i < expression.length(); i++) {
            switch (expression.charAt(i)) {
                case '\\' -> i++;
                case '[' -> inClass = true;
                case ']' -> inClass = false;
                case '(' -> depth += inClass ? 0 : 1;
                case ')' -> depth -= inClass ? 0 : 1;
                case '|' -> {
                    if (depth == 0 && !inClass) {
                        return true;
                    }
                }
                default -> {}
            }
        }
        return false;
    }

    /** Where the first match ends, and what its groups are. */
    record Match(int end, Map<String, String> groups) {}

    /** The match, or null as long as there is none. */
    @Nullable
    Match in(String text) {
        Matcher whole = pattern.matcher(text);
        if (whole.find()) {
            return match(whole, whole.end());
        }
        for (int from = 0, end = text.indexOf('\n'); end >= 0; from = end + 1, end = text.indexOf('\n', from)) {
            int to = end > from && text.charAt(end - 1) == '\r' ? end - 1 : end;
            Matcher line = pattern.matcher(text.substring(from, to));
            if (line.find()) {
                return match(line, end + 1);
            }
            if (pattern.pattern().startsWith("^")) {
                return null; // of the first line only, as it says
            }
        }
        return null;
    }

    /** Whether no more text can make a match of it. */
    boolean hopeless(String text) {
        return firstLineOnly && text.indexOf('\n') >= 0;
    }

    private Match match(Matcher found, int end) {
        Map<String, String> groups = new LinkedHashMap<>();
        for (int i = 0; i <= found.groupCount(); i++) {
            String value = found.group(i);
            groups.put(Integer.toString(i), value == null ? "" : value);
        }
        pattern.namedGroups().forEach((name, i) -> groups.put(name, groups.getOrDefault(i.toString(), "")));
        return new Match(end, groups);
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
