package io.healthchecker.core.schedule;

/** A slot of a service, epoch milliseconds. */
public record Due(long serviceId, long slot, long version, long periodMillis) {}
