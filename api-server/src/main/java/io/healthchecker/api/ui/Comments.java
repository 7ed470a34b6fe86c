package io.healthchecker.api.ui;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What is said in scripts and styles to those who read them, an eighth of what browsers would load. Only comments that
 * have lines of their own are known; these lines stay, empty, so that a browser names the places that the source has.
 */
final class Comments {
    private static final Pattern OWN_LINES =
            Pattern.compile("^[ \\t]*+(?:/\\*[^*]*+(?:\\*(?!/)[^*]*+)*+\\*/[ \\t]*+|//[^\\n]*+)$", Pattern.MULTILINE);
    private static final Pattern LINES = Pattern.compile("[^\\n]+");

    private Comments() {}

    /** A file without them. Those of others, who may ask in them to be named, and files of other kinds are as they were. */
    static byte[] without(String path, byte[] content) {
        if (path.contains("/vendor/") || !(path.endsWith(".js") || path.endsWith(".css"))) {
            return content;
        }
        return OWN_LINES
                .matcher(new String(content, StandardCharsets.UTF_8))
                .replaceAll(comment -> LINES.matcher(comment.group()).replaceAll(""))
                .getBytes(StandardCharsets.UTF_8);
    }
}
