package io.healthchecker.core.assertion;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places for what groups of expressions matched: a dollar and the group's number or name in braces. Two dollars
 * before a brace are a dollar and the brace.
 */
public final class Template {
    private static final Pattern PLACE = Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z0-9_]{1,64})}");

    private final List<String> texts = new ArrayList<>(); // one more than there are places
    private final List<String> names = new ArrayList<>();

    public Template(String text) {
        Matcher place = PLACE.matcher(text);
        StringBuilder before = new StringBuilder();
        int from = 0;
        while (place.find()) {
            before.append(text, from, place.start());
            from = place.end();
            if (place.group(1) == null) {
                before.append("${");
            } else {
                names.add(place.group(1));
                texts.add(before.toString());
                before.setLength(0);
            }
        }
        texts.add(before.append(text, from, text.length()).toString());
    }

    /** Groups whose values it needs. */
    public Set<String> names() {
        return new LinkedHashSet<>(names);
    }

    /** With the values of groups; one that did not take part is empty. */
    public String fill(Map<String, String> values) {
        StringBuilder filled = new StringBuilder(texts.getFirst());
        for (int i = 0; i < names.size(); i++) {
            filled.append(values.getOrDefault(names.get(i), "")).append(texts.get(i + 1));
        }
        return filled.toString();
    }
}
