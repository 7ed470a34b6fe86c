package io.healthchecker.api.feed;

import io.healthchecker.core.job.WakeStream;
import io.healthchecker.core.job.WakeStream.Wake;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets Redis wake the tail, as soon as Redis can be reached. For one thread at a time. */
final class FeedWake implements AutoCloseable {
    private final Supplier<WakeStream> connect;
    private final EventTail tail;
    private @Nullable WakeStream wakes;

    FeedWake(Supplier<WakeStream> connect, EventTail tail) {
        this.connect = connect;
        this.tail = tail;
    }

    /** Begins to listen unless it does already; fails while Redis is away. */
    synchronized void listen() {
        if (wakes == null) {
            WakeStream connected = connect.get();
            connected.listen(Wake.EVENT, tail::wake);
            wakes = connected; // from here on the connection mends itself
        }
    }

    @Override
    public synchronized void close() {
        if (wakes != null) {
            wakes.close();
            wakes = null;
        }
    }
}
