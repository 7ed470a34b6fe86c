package io.healthchecker.core.schedule;

import org.jspecify.annotations.Nullable;

/** Slots of a service that follow one another: first and last included, and how many they are. */
public record Run(Due first, long lastSlot, int slots) {
    /** The slots of a cadence after an instant and up to another one; null if there are none. */
    public static @Nullable Run between(
            long serviceId, long version, Cadence cadence, long afterMillis, long toMillis) {
        long first = cadence.slotAfter(afterMillis);
        if (first > toMillis) {
            return null;
        }
        long last = cadence.slotAt(toMillis);
        int slots = Math.toIntExact((last - first) / cadence.periodMillis() + 1);
        return new Run(new Due(serviceId, first, version, cadence.periodMillis()), last, slots);
    }

    /** The newest slot. */
    public Due last() {
        return new Due(first.serviceId(), lastSlot, first.version(), first.periodMillis());
    }

    /** All but the newest slot; null if there is no other. */
    public @Nullable Run butLast() {
        return slots == 1 ? null : new Run(first, lastSlot - first.periodMillis(), slots - 1);
    }
}
