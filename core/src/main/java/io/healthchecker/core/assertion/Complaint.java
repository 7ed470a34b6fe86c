package io.healthchecker.core.assertion;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the compiler of expressions complains of, said with the words of our expressions. */
final class Complaint {
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*");
    private static final Pattern OVERLOAD =
            Pattern.compile("found no matching overload for '([^']*)' applied to '\\((.*?)\\)'.*", Pattern.DOTALL);
    private static final Map<String, String> OPERATORS = Map.of("_[_]", "[ ]", "_?_:_", "? :", "@in", "in", "!_", "!");

    private Complaint() {}

    static String of(String said, Collection<String> variables) {
        Matcher undeclared = UNDECLARED.matcher(said);
        if (undeclared.matches()) {
            return undeclared(undeclared.group(1), variables);
        }
        Matcher overload = OVERLOAD.matcher(said);
        if (overload.matches()) {
            String function = overload.group(1);
            String shown = OPERATORS.getOrDefault(function, function.replace("_", ""));
            return "%s cannot be applied to %s"
                    .formatted(shown, overload.group(2).replace(", ", " and "));
        }
        return Excerpt.of(said, 300);
    }

    private static String undeclared(String name, Collection<String> variables) {
        List<String> same =
                variables.stream().filter(known -> known.startsWith(name + ".")).toList();
        if (!same.isEmpty()) {
            return "%s has no such field; it has %s".formatted(name, String.join(", ", same));
        }
        return variables.isEmpty()
                ? "%s is not known; this kind of probe has no variables".formatted(name)
                : "%s is not known; this kind of probe has %s".formatted(name, String.join(", ", variables));
    }
}
