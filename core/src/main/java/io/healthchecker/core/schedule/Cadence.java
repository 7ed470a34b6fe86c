package io.healthchecker.core.schedule;

/**
 * When a service is due: slot {@code n} is {@code phase + n * period}, a second to a day apart; the phase is taken
 * modulo the period.
 */
public record Cadence(long periodMillis, long phaseMillis) {
    public Cadence {
        if (periodMillis < 1_000 || periodMillis > 86_400_000) {
            throw new IllegalArgumentException(
                    "periodMillis is %d; it must be 1000 to 86400000".formatted(periodMillis));
        }
        phaseMillis = Math.floorMod(phaseMillis, periodMillis);
    }

    /** The cadence of a service: its phase spreads services evenly and never changes while the period stays. */
    public static Cadence of(long serviceId, long periodMillis) {
        return new Cadence(periodMillis, Hash.mix(serviceId, Hash.PHASE));
    }

    /** The newest slot at or before an instant, both in epoch milliseconds. */
    public long slotAt(long epochMillis) {
        return epochMillis - Math.floorMod(epochMillis - phaseMillis, periodMillis);
    }

    /** The first slot after an instant, both in epoch milliseconds. */
    public long slotAfter(long epochMillis) {
        return slotAt(epochMillis) + periodMillis;
    }

    /**
     * How long after its slot a check still means something, in milliseconds: one period, at least 2 s and at most a
     * minute. What starts later is not probed, but recorded as late.
     */
    public long lateAfterMillis() {
        return Math.clamp(periodMillis, 2_000, 60_000);
    }

    /** Whether an instant is a slot. */
    public boolean isSlot(long epochMillis) {
        return slotAt(epochMillis) == epochMillis;
    }

    /**
     * An instant, or the millisecond after it where it is a slot: for a check that is not of the schedule, whose result
     * would meet that of the schedule there.
     */
    public long besideSlots(long epochMillis) {
        return isSlot(epochMillis) ? epochMillis + 1 : epochMillis;
    }
}
