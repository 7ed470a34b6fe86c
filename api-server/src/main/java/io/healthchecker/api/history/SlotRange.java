package io.healthchecker.api.history;

import io.healthchecker.api.problem.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** From a slot, included, to another one, excluded, epoch milliseconds. */
record SlotRange(long from, long to) {
    /**
     * The range of a request's parameters; open where one is missing.
     *
     * @throws ProblemException if it ends before it begins
     */
    static SlotRange of(@Nullable Instant from, @Nullable Instant to) {
        if (from != null && to != null && !from.isBefore(to)) {
            throw ProblemException.badParameter("from", "from is %s; it must be before to (%s)".formatted(from, to));
        }
        return new SlotRange(from == null ? 0 : millis("from", from), to == null ? Long.MAX_VALUE : millis("to", to));
    }

    private static long millis(String name, Instant instant) {
        try {
            return Math.max(0, instant.toEpochMilli());
        } catch (ArithmeticException e) {
            throw ProblemException.badParameter(name, "%s is %s; nothing is that far away".formatted(name, instant));
        }
    }
}
