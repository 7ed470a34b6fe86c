package io.healthchecker.core.history;

import org.jspecify.annotations.Nullable;

/** How long the phases of some checks took on average, microseconds; null where none had the phase. */
public record PhaseMeans(
        @Nullable Integer dnsMicros,
        @Nullable Integer connectMicros,
        @Nullable Integer tlsMicros,
        @Nullable Integer firstByteMicros,
        @Nullable Integer transferMicros) {
    public static final PhaseMeans NONE = new PhaseMeans(null, null, null, null, null);
}
