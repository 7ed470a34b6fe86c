package io.healthchecker.core.service;

import io.healthchecker.core.schedule.Cadence;

/**
 * One change of a service as schedulers, workers and the uptime arithmetic see it. From {@code effectiveMillis} until
 * the earliest {@code effectiveMillis} of a later change of the same service, its cadence holds.
 *
 * @param seq order of the changes of one service
 * @param atMillis when it was made, by the database's clock
 * @param effectiveMillis slots of this version are at or after this instant
 * @param active whether any slot is due at all: false while suspended, and once deleted
 */
public record ServiceChange(
        long seq,
        long serviceId,
        int shard,
        long version,
        Op op,
        long atMillis,
        long effectiveMillis,
        Cadence cadence,
        int timeoutMillis,
        boolean active) {

    /** What was done. */
    public enum Op {
        CREATED(1),
        CHANGED(2),
        SUSPENDED(3),
        RESUMED(4),
        DELETED(5);

        private final int code;

        Op(int code) {
            this.code = code;
        }

        /** As stored. */
        public int code() {
            return code;
        }

        public static Op of(int code) {
            return switch (code) {
                case 1 -> CREATED;
                case 2 -> CHANGED;
                case 3 -> SUSPENDED;
                case 4 -> RESUMED;
                case 5 -> DELETED;
                default -> throw new IllegalArgumentException("op is %d; it must be 1 to 5".formatted(code));
            };
        }

        /** Whether a first check follows at once. */
        public boolean begins() {
            return this == CREATED || this == RESUMED;
        }
    }
}
