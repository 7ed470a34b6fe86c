package io.healthchecker.core.job;

import org.jspecify.annotations.Nullable;

/**
 * A job as it lies on a stream, not acknowledged yet.
 *
 * @param stream number of the stream, see {@link JobInboxStream}
 * @param id of its entry
 * @param job null where the entry was trimmed away or holds no job: there is nothing to do but to acknowledge it
 * @param deliveries how often it was delivered, this time included
 */
public record Delivery(int stream, String id, @Nullable Job job, long deliveries) {}
