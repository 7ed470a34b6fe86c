package io.healthchecker.api.auth;

import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A bucket of tokens for each key, of which the least recently used are forgotten. Safe for many threads. */
public final class RateLimit {
    private static final int MAX_KEYS = 10_000;

    private final double burst;
    private final double tokensPerNano;
    private final Ticker ticker;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_KEYS;
        }
    };

    private record Bucket(double tokens, long nanos) {}

    /** So many at once, and as many again within a time. */
    public RateLimit(int burst, Duration refill, Ticker ticker) {
        this.burst = burst;
        this.tokensPerNano = burst / (double) refill.toNanos();
        this.ticker = ticker;
    }

    /** Takes a token of a key; returns zero, or how many seconds to wait for the next one. */
    public synchronized long take(String key) {
        Bucket bucket = filled(key);
        if (bucket.tokens() < 1) {
            return secondsToNext(bucket);
        }
        buckets.put(key, new Bucket(bucket.tokens() - 1, bucket.nanos()));
        return 0;
    }

    /** Gives a token back that was taken. */
    synchronized void giveBack(String key) {
        Bucket bucket = filled(key);
        buckets.put(key, new Bucket(Math.min(burst, bucket.tokens() + 1), bucket.nanos()));
    }

    private long secondsToNext(Bucket bucket) {
        return Math.max(1, (long) Math.ceil((1 - bucket.tokens()) / tokensPerNano / 1e9));
    }

    private Bucket filled(String key) {
        long now = ticker.nanoTime();
        Bucket bucket = buckets.get(key);
        return bucket == null
                ? new Bucket(burst, now)
                : new Bucket(Math.min(burst, bucket.tokens() + (now - bucket.nanos()) * tokensPerNano), now);
    }
}
