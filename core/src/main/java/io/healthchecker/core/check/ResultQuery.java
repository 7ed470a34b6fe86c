package io.healthchecker.core.check;

import io.healthchecker.core.job.JobKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which results of one service are asked for.
 *
 * @param fromSlot first slot, epoch milliseconds
 * @param toSlot first slot after them
 * @param outcomes which of them; none for all
 * @param after the last result of the window before, newest first; null at the start
 */
public record ResultQuery(
        long serviceId,
        long fromSlot,
        long toSlot,
        Set<Outcome> outcomes,
        @Nullable JobKey after) {}
