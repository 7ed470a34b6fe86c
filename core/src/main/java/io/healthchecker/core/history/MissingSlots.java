package io.healthchecker.core.history;

/** A recorded gap: a run of slots without a result, first and last included. */
public record MissingSlots(long fromSlot, long toSlot) {}
