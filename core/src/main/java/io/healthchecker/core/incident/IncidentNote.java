package io.healthchecker.core.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said of an incident.
 *
 * @param author e-mail address
 * @param text Markdown; may be empty where something was done
 * @param shared whether it is shown on status pages
 * @param until of an acknowledgement; null where it has no end of its own
 */
public record IncidentNote(
        long id,
        long incidentId,
        Kind kind,
        String author,
        String text,
        boolean shared,
        @Nullable Instant until,
        Instant at) {

    /** What was said or done. */
    public enum Kind {
        NOTE(1),
        ACKNOWLEDGED(2),
        UNACKNOWLEDGED(3);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** As stored. */
        public int code() {
            return code;
        }

        public static Kind of(int code) {
            return switch (code) {
                case 1 -> NOTE;
                case 2 -> ACKNOWLEDGED;
                case 3 -> UNACKNOWLEDGED;
                default -> throw new IllegalArgumentException("kind is %d; it must be 1 to 3".formatted(code));
            };
        }
    }
}
