package io.healthchecker.api.heartbeat;

import io.healthchecker.core.assertion.Excerpt;
import io.healthchecker.core.heartbeat.Heartbeat;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a job sends along with a ping, fit to be kept: the end of a log may hold what nobody should read. */
final class PingText {
    /** How much of a body is read, in bytes. */
    static final int MAX_BYTES = 4 * Heartbeat.MAX_EXCERPT;

    private static final Pattern SECRET = Pattern.compile(
            "(?i)([A-Z0-9_-]*(?:password|passwd|secret|token|api[_-]?key|credential|authorization)[A-Z0-9_-]*[\"']?\\s*[:=]\\s*)"
                    + "(?:(?:bearer|basic)\\s+)?(\"[^\"]*\"|'[^']*'|\\S+)");
    private static final Pattern USER_INFO = Pattern.compile("(?i)([a-z][a-z0-9+.-]*://)[^/\\s@]+@");

    private PingText() {}

    static @Nullable String of(byte[] body) {
        if (body.length == 0) {
            return null;
        }
        String text = new String(body, StandardCharsets.UTF_8);
        String masked = SECRET.matcher(text).replaceAll("$1***");
        String shown = Excerpt.of(USER_INFO.matcher(masked).replaceAll("$1***@"), Heartbeat.MAX_EXCERPT)
                .strip();
        return shown.isEmpty() ? null : shown;
    }
}
