package io.healthchecker.api.index;

import io.healthchecker.api.service.ServiceFilter;
import io.healthchecker.core.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The index of a team, made once for all who ask within a second, and kept while nothing happens. What changes without
 * an event, such as a service that is late, shows after ten seconds.
 */
final class ServiceIndex {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int TEAMS = 64;

    private final IndexTable table;
    private final JsonMapper mapper;
    private final Ticker ticker;
    private final Map<Integer, Slot> slots = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Slot> eldest) {
            return size() > TEAMS;
        }
    };

    ServiceIndex(IndexTable table, JsonMapper mapper, Ticker ticker) {
        this.table = table;
        this.mapper = mapper;
        this.ticker = ticker;
    }

    /** An index as it is sent. */
    static final class Packed {
        private final long eventId;
        private final byte[] gzip;
        private final long madeNanos;

        private Packed(long eventId, byte[] gzip, long madeNanos) {
            this.eventId = eventId;
            this.gzip = gzip;
            this.madeNanos = madeNanos;
        }

        byte[] gzip() {
            return gzip;
        }

        String tag() {
            return "\"%d-%s\"".formatted(eventId, Long.toString(madeNanos, 36));
        }
    }

    private static final class Slot {
        private @Nullable Packed packed;
    }

    /**
     * The whole list of a team.
     *
     * @param newestEvent the newest event that there is
     */
    Packed whole(int teamId, long newestEvent) {
        Slot slot;
        synchronized (slots) {
            slot = slots.computeIfAbsent(teamId, _ -> new Slot());
        }
        synchronized (slot) {
            Packed known = slot.packed;
            long age = known == null ? Long.MAX_VALUE : ticker.nanoTime() - known.madeNanos;
            if (known != null && (age < FRESH_NANOS || (age < STALE_NANOS && known.eventId == newestEvent))) {
                return known;
            }
            Packed made = make(teamId, ServiceFilter.of(Map.of()));
            slot.packed = made;
            return made;
        }
    }

    /** What a filter lets through. */
    Packed filtered(int teamId, ServiceFilter filter) {
        return make(teamId, filter);
    }

    private Packed make(int teamId, ServiceFilter filter) {
        long now = ticker.epochMillis();
        var rows = table.rows(teamId, filter, now);
        var view = IndexView.of(rows.eventId(), Instant.ofEpochMilli(now), rows.rows());
        return new Packed(rows.eventId(), gzip(mapper.writeValueAsBytes(view)), ticker.nanoTime());
    }

    private static byte[] gzip(byte[] json) {
        var compressed = new ByteArrayOutputStream(json.length / 4 + 64);
        try (var out = new GZIPOutputStream(compressed)) {
            out.write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return compressed.toByteArray();
    }
}
