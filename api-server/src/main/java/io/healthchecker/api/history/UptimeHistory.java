package io.healthchecker.api.history;

import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.history.Eras;
import io.healthchecker.core.history.Uptime;
import io.healthchecker.core.history.UptimeReader;
import io.healthchecker.core.history.Window;
import io.healthchecker.core.time.Ticker;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Uptime of a service within what is asked for, within its life. */
public final class UptimeHistory {
    private static final long DAY_MILLIS = 86_400_000;
    private static final long LONGEST_DAYS = 366;
    private static final long MOST_SLOTS = 8_000_000;

    private final UptimeReader reader;
    private final Ticker ticker;

    UptimeHistory(JdbcClient jdbc, Ticker ticker) {
        this.reader = new UptimeReader(jdbc);
        this.ticker = ticker;
    }

    /** Uptime, and the stretch that it is of. */
    public record Answer(Window window, Uptime uptime) {}

    /** Adds up so long before now, or what there is of it. */
    public Answer last(long serviceId, int locationId, long millis) {
        long now = ticker.epochMillis();
        return uptime(serviceId, locationId, new SlotRange(now - millis, now));
    }

    /**
     * Adds up a range; an open end is now, an open start a day before it.
     *
     * @throws ProblemException if it is too long
     */
    Answer uptime(long serviceId, int locationId, SlotRange range) {
        Eras eras = reader.eras(serviceId);
        long to = Math.min(range.to(), ticker.epochMillis());
        long from = Math.max(range.from() == 0 ? to - DAY_MILLIS : range.from(), eras.birthMillis());
        if (from >= to) {
            return new Answer(new Window(to, to), Uptime.NONE);
        }
        if (to - from > LONGEST_DAYS * DAY_MILLIS) {
            throw ProblemException.badParameter(
                    "from",
                    "from lies %d days before to; it may be %d".formatted((to - from) / DAY_MILLIS, LONGEST_DAYS));
        }
        Window window = new Window(from, to);
        long slots = eras.slots(window);
        if (slots > MOST_SLOTS) {
            throw ProblemException.badParameter(
                    "from", "%d checks lie between from and to; ask for at most %d".formatted(slots, MOST_SLOTS));
        }
        return new Answer(window, reader.uptime(serviceId, locationId, eras, window));
    }
}
