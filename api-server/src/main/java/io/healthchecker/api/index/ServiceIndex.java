package io.healthchecker.api.index;

import io.healthchecker.api.find.KeptRows;
import io.healthchecker.api.find.ServiceFilter;
import io.healthchecker.api.find.TeamRows;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.time.Ticker;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** The index of a team, made once for all who ask within a second, and kept while none of its services changes. */
final class ServiceIndex {
    private static final long SHARED_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int TEAMS = 64;
    private static final int ONCE = 1; // the level at which zlib is fastest, for what is sent once

    // of events of other teams it need not know at once; but one that knows of none for long cannot be followed
    private static final long EVENTS_BEHIND = 1_000;

    private final KeptRows kept;
    private final Ticker ticker;
    private final Map<Integer, Slot> slots = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Slot> eldest) {
            return size() > TEAMS;
        }
    };

    ServiceIndex(KeptRows kept, Ticker ticker) {
        this.kept = kept;
        this.ticker = ticker;
    }

    private record Made(TeamRows rows, IndexText text, Packed packed, long madeNanos) {
        Made at(long nanos) {
            return new Made(rows, text, packed, nanos);
        }
    }

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
                    ? known.at(nanos)
                    : make(rows, known == null ? null : known.text(), Deflater.DEFAULT_COMPRESSION, nanos);
            slot.made = made;
            return made.packed();
        }
    }

    /** What a filter lets through. */
    Packed filtered(int teamId, ServiceFilter filter) {
        TeamRows rows = rows(teamId);
        return make(new TeamRows(rows.asOf(), rows.find(filter)), null, ONCE, ticker.nanoTime())
                .packed();
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

    private Made make(TeamRows rows, @Nullable IndexText before, int level, long nanos) {
        try (var press = new Press(level)) {
            IndexText text = IndexText.of(rows.rows(), before, press);
            String at = Instant.ofEpochMilli(ticker.epochMillis()).toString();
            Piece head = press.piece(IndexText.head(rows.asOf(), at, rows.rows().size()), null);
            return new Made(rows, text, Packed.of(head, text.pieces(), rows.asOf()), nanos);
        }
    }
}
