package io.healthchecker.core.history;

/**
 * How a stretch of time divides, in milliseconds. Degraded is up. Unknown is what no result covers; suspended time is
 * outside both uptime and coverage.
 */
public record Uptime(long upMillis, long downMillis, long unknownMillis, long suspendedMillis) {
    public static final Uptime NONE = new Uptime(0, 0, 0, 0);

    public Uptime plus(Uptime other) {
        return new Uptime(
                upMillis + other.upMillis,
                downMillis + other.downMillis,
                unknownMillis + other.unknownMillis,
                suspendedMillis + other.suspendedMillis);
    }

    /** The whole stretch. */
    public long millis() {
        return upMillis + downMillis + unknownMillis + suspendedMillis;
    }

    /** Whether anything is known, so that there is an uptime at all. */
    public boolean known() {
        return upMillis + downMillis > 0;
    }

    /**
     * Share of the known time that was up, in millionths, cut off and never rounded: 1 000 000 only without any
     * downtime. 0 if nothing is known.
     */
    public long upMillionths() {
        return millionths(upMillis, upMillis + downMillis);
    }

    /** Share of the time with a verdict, in millionths, cut off; 0 if nothing was to be checked. */
    public long coverageMillionths() {
        return millionths(upMillis + downMillis, upMillis + downMillis + unknownMillis);
    }

    private static long millionths(long part, long whole) {
        return whole == 0 ? 0 : Math.floorDiv(Math.multiplyExact(part, 1_000_000L), whole);
    }
}
