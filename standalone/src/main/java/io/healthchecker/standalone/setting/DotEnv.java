package io.healthchecker.standalone.setting;

import io.healthchecker.standalone.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A {@code .env} file: {@code NAME=value} lines, optionally after {@code export}; blank lines and {@code #} comments.
 * Double quotes know {@code \n}, {@code \"} and {@code \\}; single quotes keep what they hold; nothing is substituted.
 */
final class DotEnv {
    private static final Pattern LINE =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*?)\\s*");
    private static final Pattern DOUBLE_QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\s*(?:#.*)?");
    private static final Pattern SINGLE_QUOTED = Pattern.compile("'([^']*)'\\s*(?:#.*)?");
    private static final Pattern COMMENT = Pattern.compile("(?:^|\\s+)#.*");

    private DotEnv() {}

    /** The variables of a file; none where there is no file. */
    static Map<String, String> read(Path file) {
        try {
            return parse(Files.readAllLines(file), file.toString());
        } catch (NoSuchFileException _) {
            return Map.of();
        } catch (IOException unreadable) {
            throw new StartFailure(
                    "%s cannot be read (%s); make it readable text, or remove it"
                            .formatted(file, unreadable.getMessage()),
                    unreadable);
        }
    }

    static Map<String, String> parse(List<String> lines, String name) {
        var variables = new LinkedHashMap<String, String>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replace("\uFEFF", "");
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            var matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                // the line itself may hold a secret, so it is not shown
                throw new StartFailure("%s line %d is not of the form NAME=value".formatted(name, i + 1));
            }
            variables.put(matcher.group(1), value(matcher.group(2)));
        }
        return variables;
    }

    private static String value(String written) {
        var twice = DOUBLE_QUOTED.matcher(written);
        if (twice.matches()) {
            return twice.group(1)
                    .replace("\\\\", "\0")
                    .replace("\\n", "\n")
                    .replace("\\\"", "\"")
                    .replace('\0', '\\');
        }
        var once = SINGLE_QUOTED.matcher(written);
        return once.matches() ? once.group(1) : COMMENT.matcher(written).replaceFirst("");
    }
}
