package io.healthchecker.core.job;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What one call appends for one shard, under the epoch of its scheduler.
 *
 * @param urgent jobs for the stream of the urgent
 * @param standard jobs for the other stream
 */
public record JobBatch(int shard, long epoch, Step step, List<Job> urgent, List<Job> standard) {
    /** How many jobs one call may append, for all its shards together. */
    public static final int MAX_JOBS = 500;

    /**
     * How far the shard's watermark moves with this batch. A shard with more jobs than one call may carry stays where it
     * is until its last batch.
     *
     * @param fromMillis where the watermark has to be for the batch to be taken
     * @param toMillis where it is afterwards
     * @param takesOver whether the scheduler is new to the shard, so that the mark of an older epoch is replaced
     */
    public record Step(long fromMillis, long toMillis, boolean takesOver) {}

    static byte[] encode(List<Job> jobs) {
        ByteBuffer buffer = ByteBuffer.allocate(jobs.size() * Job.BYTES);
        jobs.forEach(job -> job.encode(buffer));
        return buffer.array();
    }
}
