package io.healthchecker.helm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value of the chart.
 *
 * @param path names from the root, such as {@code worker.replicas}
 * @param comment what is said of it; empty within a map that is the user's own, such as resources
 * @param standard what it is where the user says nothing
 * @param parts the values in it; empty where it is a leaf, or a map that is the user's own
 */
record Value(
        String path, Optional<Comment> comment, @Nullable Object standard, List<Value> parts) {

    /** What stands above a value: a text for people, and additions to its schema. */
    record Comment(String text, Map<String, Object> schema) {}

    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    boolean isLeaf() {
        return parts.isEmpty();
    }
}
