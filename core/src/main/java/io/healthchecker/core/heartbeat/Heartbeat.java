package io.healthchecker.core.heartbeat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a service has reported last; instants are epoch milliseconds.
 *
 * @param signal of the last ping that was no start
 * @param pingMillis when that came, null before the first
 * @param startMillis when the run began that is under way, null if none is
 * @param runId of that run, null where it has no name
 * @param durationMillis of the last run that was measured
 * @param resumedMillis when the service was created or resumed last: what it said before counts no more
 */
public record Heartbeat(
        long serviceId,
        Signal signal,
        @Nullable Long pingMillis,
        @Nullable Long startMillis,
        @Nullable String runId,
        @Nullable Long durationMillis,
        @Nullable Integer exitStatus,
        @Nullable String excerpt,
        long resumedMillis) {
    /** Longest text of a ping that is kept, in characters. */
    public static final int MAX_EXCERPT = 1_000;

    /** Of a service that nobody has asked the token of, so that it cannot have said anything. */
    public static Heartbeat silent(long serviceId) {
        return new Heartbeat(serviceId, Signal.NONE, null, null, null, null, null, null, 0);
    }

    /** A ping. */
    public record Ping(
            Signal signal,
            @Nullable String runId,
            @Nullable Integer exitStatus,
            @Nullable String excerpt) {}

    /** What it is after a ping. */
    public Heartbeat after(Ping ping, long now) {
        if (ping.signal == Signal.START) {
            return new Heartbeat(
                    serviceId, signal, pingMillis, now, ping.runId, durationMillis, exitStatus, excerpt, resumedMillis);
        }
        boolean ends = startMillis != null && (ping.runId == null || Objects.equals(ping.runId, runId));
        return new Heartbeat(
                serviceId,
                ping.signal,
                now,
                ends ? null : startMillis,
                ends ? null : runId,
                ends ? Long.valueOf(Math.max(0, now - Objects.requireNonNull(startMillis))) : null,
                ping.exitStatus,
                ping.excerpt,
                resumedMillis);
    }

    /** When silence begins to count, {@link Long#MAX_VALUE} if it never does: a service that never reported is awaited. */
    public long deadlineMillis(Rhythm rhythm) {
        if (pingMillis == null && startMillis == null) {
            return Long.MAX_VALUE;
        }
        long due = dueMillis(rhythm);
        // a run that has begun in time has its grace to end
        long running = startMillis == null ? 0 : startMillis;
        return due == Long.MAX_VALUE ? due : Math.max(due, running) + rhythm.graceMillis();
    }

    /** When the next ping is due. */
    public long dueMillis(Rhythm rhythm) {
        if (pingMillis == null && startMillis == null) {
            return Long.MAX_VALUE;
        }
        long last = pingMillis == null ? Objects.requireNonNull(startMillis) : pingMillis;
        return rhythm.dueAfter(Math.max(last, resumedMillis));
    }

    /** How it stands at an instant. */
    public Standing at(long now, Rhythm rhythm) {
        boolean said = pingMillis != null && pingMillis >= resumedMillis;
        if (said && signal == Signal.FAILURE) {
            return Standing.FAILED;
        }
        if (now >= deadlineMillis(rhythm)) {
            return Standing.MISSED;
        }
        if (!said) {
            return Standing.AWAITED;
        }
        return now >= dueMillis(rhythm) ? Standing.LATE : Standing.ON_TIME;
    }
}
