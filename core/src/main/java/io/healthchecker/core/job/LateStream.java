package io.healthchecker.core.job;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A stream whose connection to Redis is made when it is first wanted, so that nobody waits for Redis to start. For any thread. */
public final class LateStream<S> implements AutoCloseable {
    private final Supplier<S> connect;
    private final Consumer<S> disconnect;
    private @Nullable S stream;

    public LateStream(Supplier<S> connect, Consumer<S> disconnect) {
        this.connect = connect;
        this.disconnect = disconnect;
    }

    /** The stream; fails as {@code connect} does, and is tried again at the next call. */
    public synchronized S get() {
        if (stream == null) {
            stream = connect.get();
        }
        return stream;
    }

    /** Closes the connection if there is one. */
    @Override
    public synchronized void close() {
        if (stream != null) {
            disconnect.accept(stream);
        }
    }
}
