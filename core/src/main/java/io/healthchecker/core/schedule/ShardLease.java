package io.healthchecker.core.schedule;

/** The right to schedule a shard: whoever took it over later has a higher epoch. */
public record ShardLease(int shard, long epoch) {}
