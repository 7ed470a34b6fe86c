package io.healthchecker.operator.source.file;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which document of which file a service comes from, written {@code path#name}.
 *
 * @param path relative to the directory, with slashes on every system
 */
record FileOwner(String path, String name) {
    private static final Pattern SHAPE = Pattern.compile("(?s)(.*?\\.ya?ml)#(.*)", Pattern.CASE_INSENSITIVE);

    static FileOwner of(String owner) {
        Matcher shape = SHAPE.matcher(owner);
        return shape.matches() ? new FileOwner(shape.group(1), shape.group(2)) : new FileOwner(owner, "");
    }

    @Override
    public String toString() {
        return path + "#" + name;
    }
}
