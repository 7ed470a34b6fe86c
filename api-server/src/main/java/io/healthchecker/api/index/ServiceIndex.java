package io.healthchecker.api.index;

import io.healthchecker.api.find.KeptRows;
import io.healthchecker.api.find.ServiceFilter;
import io.healthchecker.api.find.ServiceRow;
import io.healthchecker.api.find.TeamRows;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.time.Ticker;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The index of a team, made once for all who ask within a second, and kept while none of its services changes. */
final class ServiceIndex {
    private static final long SHARED_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int TEAMS = 64;
    private static final int ONCE = 3; // a level at which zlib is twice as fast, for what is sent once

    // of events of other teams it need not know at once; but one that knows of none for long cannot be followed
    private static final long EVENTS_BEHIND = 1_000;

    private final KeptRows kept;
    private final JsonMapper mapper;
    private final Ticker ticker;
    private final Map<Integer, Slot> slots = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Slot> eldest) {
            return size() > TEAMS;
        }
    };

    ServiceIndex(KeptRows kept, JsonMapper mapper, Ticker ticker) {
        this.kept = kept;
        this.mapper = mapper;
        this.ticker = ticker;
    }

    private record Made(TeamRows rows, Packed packed, long madeNanos) {}

    private static final class Slot {
        private @Nullable Made made;
    }

    /** The whole list of a team. */
    Packed whole(int teamId) {
        Slot slot;
        synchronized (slots) {
            slot = slots.computeIfAbsent(teamId, _ -> new Slot());
        }
        synchronized (slot) {
            Made known = slot.made;
            if (known != null && ticker.nanoTime() - known.madeNanos() < SHARED_NANOS) {
                return known.packed();
            }
            TeamRows rows = rows(teamId);
            long nanos = ticker.nanoTime();
            Made made = known != null && isSame(known.rows(), rows)
                    ? new Made(known.rows(), known.packed(), nanos)
                    : new Made(
                            rows,
                            pack(
                                    rows.asOf(),
                                    rows.rows(),
                                    known == null ? null : known.packed(),
                                    Deflater.DEFAULT_COMPRESSION),
                            nanos);
            slot.made = made;
            return made.packed();
        }
    }

    /** What a filter lets through. */
    Packed filtered(int teamId, ServiceFilter filter) {
        TeamRows rows = rows(teamId);
        return pack(rows.asOf(), rows.find(filter), null, ONCE);
    }

    private TeamRows rows(int teamId) {
        return kept.of(teamId)
                .orElseThrow(() -> ProblemException.conflict(
                        "the team has too many services for an index; read GET /api/v1/services by cursor"));
    }

    private static boolean isSame(TeamRows known, TeamRows now) {
        return now.asOf() >= known.asOf()
                && now.asOf() - known.asOf() < EVENTS_BEHIND
                && now.rows().equals(known.rows());
    }

    private Packed pack(long asOf, List<ServiceRow> rows, @Nullable Packed before, int level) {
        var view = IndexView.of(asOf, Instant.ofEpochMilli(ticker.epochMillis()), rows);
        return Packed.of(view.pieces(mapper), before, asOf, level);
    }
}
