package io.healthchecker.api.service;

import io.healthchecker.core.job.LateStream;
import io.healthchecker.core.job.WakeStream;
import io.healthchecker.core.job.WakeStream.Wake;
import io.lettuce.core.RedisException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes schedulers, workers and feeds after a change. Without Redis they find out by polling. */
final class Wakes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Wakes.class);

    private final LateStream<WakeStream> stream;

    /** Connects at the first wake-up. */
    Wakes(Supplier<WakeStream> connect) {
        this.stream = new LateStream<>(connect, WakeStream::close);
    }

    /** A definition changed, and events tell of it. */
    void changed() {
        try {
            WakeStream wakes = stream.get();
            wakes.publish(Wake.CHANGE);
            wakes.publish(Wake.EVENT);
        } catch (RedisException away) {
            LOG.debug("nobody woken reason={}", away.toString());
        }
    }

    @Override
    public void close() {
        stream.close();
    }
}
