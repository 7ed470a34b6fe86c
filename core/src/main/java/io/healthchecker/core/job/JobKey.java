package io.healthchecker.core.job;

/** What makes a job one of a kind: it leaves one result, however often it is delivered. */
public record JobKey(long serviceId, long slot, int locationId) {}
