package io.healthchecker.core.history;

import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up an hour of one service at one location, result by result, with those before it that speak into it. */
final class HourTally {
    private final long serviceId;
    private final int locationId;
    private final int hour;
    private final Window window;
    private final Tally uptime;
    private final LatencyHistogram latency = new LatencyHistogram();
    private final Mean[] phases = {new Mean(), new Mean(), new Mean(), new Mean(), new Mean()};
    private int checks;
    private int failed;
    private int untold;
    private int min = Integer.MAX_VALUE;
    private int max = -1;

    /**
     * An hour up to an instant.
     *
     * @param toMillis the end of the hour, or now where that is earlier
     */
    HourTally(long serviceId, int locationId, int hour, long toMillis, Eras eras, List<MissingSlots> gaps) {
        this.serviceId = serviceId;
        this.locationId = locationId;
        this.hour = hour;
        Window whole = HourSum.window(hour);
        long to = Math.min(toMillis, whole.toMillis());
        this.window = new Window(Math.min(to, Math.max(whole.fromMillis(), eras.birthMillis())), to);
        this.uptime = new Tally(window, eras, gaps);
    }

    /** The sum of what has a phase, and how many have it. */
    private static final class Mean {
        private long sum;
        private int count;

        void add(int micros) {
            if (micros != PhaseTimes.NONE) {
                sum += micros;
                count++;
            }
        }

        @Nullable
        Integer value() {
            return count == 0 ? null : Math.toIntExact(sum / count);
        }
    }

    /** The next result, in the order of slots. */
    void add(long slot, Outcome outcome, boolean onGrid, int latencyMicros, PhaseTimes times) {
        uptime.add(slot, outcome, onGrid);
        if (slot < window.fromMillis() || slot >= window.toMillis()) {
            return;
        }
        checks++;
        switch (outcome) {
            case UP, DEGRADED -> passed(latencyMicros, times);
            case DOWN -> failed++;
            case UNKNOWN -> untold++;
        }
    }

    private void passed(int latencyMicros, PhaseTimes times) {
        latency.add(latencyMicros);
        min = Math.min(min, latencyMicros);
        max = Math.max(max, latencyMicros);
        phases[0].add(times.dnsMicros());
        phases[1].add(times.connectMicros());
        phases[2].add(times.tlsMicros());
        phases[3].add(times.firstByteMicros());
        phases[4].add(times.transferMicros());
    }

    HourSum sum() {
        return new HourSum(
                serviceId,
                locationId,
                hour,
                uptime.uptime(),
                checks,
                failed,
                untold,
                max < 0 ? null : min,
                max < 0 ? null : max,
                new PhaseMeans(
                        phases[0].value(), phases[1].value(), phases[2].value(), phases[3].value(), phases[4].value()),
                latency);
    }
}
