package io.healthchecker.operator.status;

import org.jspecify.annotations.Nullable;

/**
 * What became of the definition that a resource holds.
 *
 * <p>Messages are for people and stable: what is wrong and what to do, but no time, counter, text of an exception, or
 * secret. A message that differs at each try would be written at each try.
 */
public sealed interface Acceptance {
    /** The service that runs, by this definition or an older one whose verdict stays visible; null if there is none. */
    @Nullable
    Long runs();

    /** It is stored, and scheduled unless it is suspended. */
    record Accepted(long serviceId) implements Acceptance {
        @Override
        public Long runs() {
            return serviceId;
        }
    }

    /** It cannot be had as it is: somebody has to change it. */
    record Refused(
            StatusReason reason, String message, @Nullable Long runs) implements Acceptance {}

    /** Something is missing that may come by itself: it is tried again. */
    record Waiting(
            StatusReason reason, String message, @Nullable Long runs) implements Acceptance {}
}
