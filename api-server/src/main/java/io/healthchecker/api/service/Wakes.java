package io.healthchecker.api.service;

import io.healthchecker.core.job.WakeStream;
import io.healthchecker.core.job.WakeStream.Wake;
import io.lettuce.core.RedisException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes schedulers, workers and feeds after a change. Without Redis they find out by polling. */
final class Wakes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Wakes.class);

    private final Supplier<WakeStream> connect;
    private @Nullable WakeStream stream;

    /** Connects at the first wake-up. */
    Wakes(Supplier<WakeStream> connect) {
        this.connect = connect;
    }

    /** A definition changed, and events tell of it. */
    void changed() {
        try {
            WakeStream wakes = stream();
            wakes.publish(Wake.CHANGE);
            wakes.publish(Wake.EVENT);
        } catch (RedisException away) {
            LOG.debug("nobody woken reason={}", away.toString());
        }
    }

    private synchronized WakeStream stream() {
        if (stream == null) {
            stream = connect.get();
        }
        return stream;
    }

    @Override
    public synchronized void close() {
        if (stream != null) {
            stream.close();
        }
    }
}
