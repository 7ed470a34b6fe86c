package io.healthchecker.core.heartbeat;

import io.healthchecker.core.schedule.Cron;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.HeartbeatProbe;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When pings are expected.
 *
 * @param graceMillis by which one may be late
 * @param cron null for every {@code periodMillis}
 */
public record Rhythm(
        long periodMillis, long graceMillis, @Nullable Cron cron, ZoneId zone) {
    private static final long GRACE_MILLIS = 60_000;

    /**
     * That of a heartbeat's definition.
     *
     * @throws IllegalArgumentException if its cron or time zone cannot be read; {@code DefinitionRules} would have
     *     refused it
     */
    public static Rhythm of(Definition definition) {
        HeartbeatProbe probe = Objects.requireNonNull(definition.heartbeat(), "heartbeat");
        return new Rhythm(
                definition.periodMillis(),
                probe.graceSeconds() == null ? GRACE_MILLIS : 1_000L * probe.graceSeconds(),
                probe.cron() == null ? null : Cron.parse(probe.cron()),
                ZoneId.of(probe.timeZone() == null ? "UTC" : probe.timeZone()));
    }

    /** When the next ping is due after one, both in epoch milliseconds; {@link Long#MAX_VALUE} for never. */
    public long dueAfter(long epochMillis) {
        return cron == null
                ? epochMillis + periodMillis
                : cron.after(Instant.ofEpochMilli(epochMillis).atZone(zone))
                        .map(next -> next.toInstant().toEpochMilli())
                        .orElse(Long.MAX_VALUE);
    }
}
