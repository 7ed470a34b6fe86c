package io.healthchecker.helm;

import io.healthchecker.helm.Value.Comment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A {@code values.yaml}. Comments right above a key belong to it; a blank line in between takes them away from it. A
 * comment line {@code @schema {...}} is a flow mapping that is added to the schema of the value.
 */
final class ValuesFile {
    private static final Pattern KEY = Pattern.compile("( *)([A-Za-z][A-Za-z0-9]*):( .*)?");
    private static final Pattern COMMENT = Pattern.compile(" *# ?(.*)");
    private static final String SCHEMA = "@schema ";

    private final Map<String, Comment> comments;
    private final Object content;

    private ValuesFile(Map<String, Comment> comments, Object content) {
        this.comments = comments;
        this.content = content;
    }

    static ValuesFile parse(String yaml) {
        return new ValuesFile(comments(yaml.lines().toList()), load(yaml));
    }

    /** The values at the root, each with those in it. */
    List<Value> values() {
        return parts("", content);
    }

    private List<Value> parts(String path, @Nullable Object node) {
        List<Value> parts = new ArrayList<>();
        if (node instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                String child = path.isEmpty() ? name.toString() : path + "." + name;
                List<Value> within = parts(child, value);
                // a map of which no part is explained is the user's own
                boolean isOurs = within.stream().anyMatch(part -> part.comment().isPresent());
                parts.add(
                        new Value(child, Optional.ofNullable(comments.get(child)), value, isOurs ? within : List.of()));
            });
        }
        return parts;
    }

    private record Open(int indent, String path) {}

    private static Map<String, Comment> comments(List<String> lines) {
        Map<String, Comment> comments = new HashMap<>();
        Deque<Open> open = new ArrayDeque<>();
        List<String> above = new ArrayList<>();
        for (String line : lines) {
            Matcher comment = COMMENT.matcher(line);
            Matcher key = KEY.matcher(line);
            if (comment.matches()) {
                above.add(comment.group(1));
                continue;
            }
            if (key.matches()) {
                int indent = key.group(1).length();
                while (!open.isEmpty() && open.element().indent() >= indent) {
                    open.pop();
                }
                String path = open.isEmpty() ? key.group(2) : open.element().path() + "." + key.group(2);
                open.push(new Open(indent, path));
                if (!above.isEmpty()) {
                    comments.put(path, comment(path, above));
                }
            }
            above.clear();
        }
        return comments;
    }

    private static Comment comment(String path, List<String> lines) {
        List<String> text = new ArrayList<>();
        Map<String, Object> schema = new HashMap<>();
        for (String line : lines) {
            if (line.startsWith(SCHEMA)) {
                if (!(load(line.substring(SCHEMA.length())) instanceof Map<?, ?> added)) {
                    throw new IllegalArgumentException(
                            "%s: \"%s\" must be like @schema {minimum: 1}".formatted(path, line));
                }
                added.forEach((name, value) -> schema.put(name.toString(), value));
            } else {
                text.add(line.strip());
            }
        }
        return new Comment(String.join(" ", text), schema);
    }

    private static Object load(String yaml) {
        Object loaded =
                new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build()).loadFromString(yaml);
        if (loaded == null) {
            throw new IllegalArgumentException("there is nothing in it");
        }
        return loaded;
    }
}
