package io.healthchecker.core.schedule;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** Services of one period in the order of their phases: 8 bytes each, phase and row of the roster in one long. */
final class Ring {
    private static final int ROW_BITS = 32;

    private final int period;
    private long[] entries = new long[4];
    private int size;
    private boolean sorted = true;

    Ring(int period) {
        this.period = period;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(int row, long phaseMillis) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size + (size >> 2) + 1);
        }
        long entry = phaseMillis << ROW_BITS | row;
        sorted &= size == 0 || entries[size - 1] < entry;
        entries[size++] = entry;
    }

    /** Removes a service; returns its phase. */
    long remove(int row) {
        for (int i = 0; i < size; i++) {
            if (row(entries[i]) == row) {
                long phase = phase(entries[i]);
                System.arraycopy(entries, i + 1, entries, i, --size - i);
                return phase;
            }
        }
        throw new IllegalStateException("row %d is not in the ring of period %d".formatted(row, period));
    }

    /** Called back for each slot after an instant and up to another one, in their order. */
    void slots(long afterMillis, long toMillis, SlotConsumer sink) {
        sort();
        long cycle = Math.floorDiv(afterMillis, (long) period) * period;
        int at = firstAbove(afterMillis - cycle);
        while (true) {
            if (at == size) {
                at = 0;
                cycle += period;
            }
            long slot = cycle + (entries[at] >>> ROW_BITS);
            if (slot > toMillis) {
                return;
            }
            sink.accept(row(entries[at]), slot);
            at++;
        }
    }

    /** Called back for each service with {@link #row} and {@link #phase} in one long. */
    void each(LongConsumer sink) {
        for (int i = 0; i < size; i++) {
            sink.accept(entries[i]);
        }
    }

    static int row(long entry) {
        return (int) entry;
    }

    static long phase(long entry) {
        return entry >>> ROW_BITS;
    }

    interface SlotConsumer {
        void accept(int row, long slot);
    }

    private void sort() {
        if (!sorted) {
            Arrays.sort(entries, 0, size);
            sorted = true;
        }
    }

    private int firstAbove(long phaseMillis) {
        int at = Arrays.binarySearch(entries, 0, size, (phaseMillis + 1) << ROW_BITS);
        return at < 0 ? -at - 1 : at;
    }
}
