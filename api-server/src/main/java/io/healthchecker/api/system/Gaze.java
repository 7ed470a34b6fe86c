package io.healthchecker.api.system;

import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at something again and again, and remembers what it saw last. Whoever asks never waits for it. */
final class Gaze<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Gaze.class);
    private static final int MISSED_LOOKS = 3;

    private final String name;
    private final Duration every;
    private final Supplier<T> sight;
    private final Ticker ticker;
    private final Instant began;
    private volatile @Nullable Sighting<T> last;
    private volatile boolean blind;

    Gaze(String name, Duration every, Supplier<T> sight, Ticker ticker) {
        this.name = name;
        this.every = every;
        this.sight = sight;
        this.ticker = ticker;
        this.began = Instant.ofEpochMilli(ticker.epochMillis());
    }

    private record Sighting<T>(T value, long atMillis) {}

    /** How often it looks. */
    Duration every() {
        return every;
    }

    void look() {
        try {
            last = new Sighting<>(sight.get(), ticker.epochMillis());
            if (blind) {
                LOG.info("system figure is known again figure={}", name);
                blind = false;
            }
        } catch (RuntimeException e) {
            if (!blind) {
                LOG.warn("system figure is unknown figure={} reason={}", name, e.toString());
                blind = true;
            }
        }
    }

    /** What it saw; nothing if the last look failed, or one is stuck. */
    Figure<T> figure() {
        Sighting<T> seen = last;
        if (seen == null) {
            return new Figure<>(null, began, null);
        }
        Instant at = Instant.ofEpochMilli(seen.atMillis());
        boolean stale = ticker.epochMillis() - seen.atMillis() > MISSED_LOOKS * every.toMillis() + 2_000;
        return blind || stale ? new Figure<>(at, at, null) : new Figure<>(at, null, seen.value());
    }
}
