package io.healthchecker.core.schedule;

import org.jspecify.annotations.Nullable;

/**
 * From an instant on, a service has this cadence, until the era of a later version begins.
 *
 * @param fromMillis slots of this version are at or after it, epoch milliseconds
 * @param cadence null while no slot is due: suspended or deleted
 */
public record Era(
        long serviceId,
        long version,
        long fromMillis,
        @Nullable Cadence cadence) {}
