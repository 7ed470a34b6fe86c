package io.healthchecker.core.feed;

import java.util.List;

/** Reads events in order from a position on, and notices what is missing. For one thread. */
public final class EventCursor {
    private static final int BATCH = 1_000;
    private static final int EMPTY_READS_BETWEEN_CHECKS = 32;

    private final EventTable events;
    private volatile long position;
    private int emptyReads;

    /** What a read brought. */
    public sealed interface Step {
        /**
         * The events that follow, without a gap; none if there are none.
         *
         * @param more whether others may be there already
         */
        record Events(List<StoredEvent> events, boolean more) implements Step {}

        /** The events between two ids are not there; the next read goes on behind them. */
        record Lost(long after, long next) implements Step {}

        /** Ids began anew below those that were read, as after a restored backup; the next read goes on after the last. */
        record Restarted(long read, long last) implements Step {}
    }

    /** Begins after an event. */
    public EventCursor(EventTable events, long after) {
        this.events = events;
        this.position = after;
    }

    /** Id of the last event that was read; from any thread. */
    public long position() {
        return position;
    }

    /** Goes on after another event. */
    public void moveTo(long after) {
        position = after;
    }

    /** Reads on. It throws what the database throws, and has then not moved. */
    public Step next() {
        List<StoredEvent> batch = events.after(position, BATCH);
        if (batch.isEmpty()) {
            return ++emptyReads % EMPTY_READS_BETWEEN_CHECKS == 0 ? check() : new Step.Events(batch, false);
        }
        emptyReads = 0;
        long after = position;
        long first = batch.getFirst().id();
        if (first != after + 1) {
            position = first - 1;
            return new Step.Lost(after, first);
        }
        int dense = 1;
        while (dense < batch.size() && batch.get(dense).id() == first + dense) {
            dense++;
        }
        position = after + dense;
        return new Step.Events(batch.subList(0, dense), batch.size() == BATCH || dense < batch.size());
    }

    private Step check() {
        long read = position;
        long last = events.lastId();
        if (last >= read) {
            return new Step.Events(List.of(), false);
        }
        position = last;
        return new Step.Restarted(read, last);
    }
}
