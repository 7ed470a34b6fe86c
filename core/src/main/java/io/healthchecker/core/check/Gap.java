package io.healthchecker.core.check;

/**
 * Slots of a service that have no result, and why: first and last included, and how many they are.
 *
 * @param reason LATE, LOST, SHED or SKIPPED
 */
public record Gap(long serviceId, long fromSlot, long toSlot, int slots, Reason reason) {}
