package io.healthchecker.core.schedule;

/** Up to where the holder of a lease has emitted: every slot at or before it is a job or in a gap. */
public record Watermark(ShardLease lease, long millis) {}
