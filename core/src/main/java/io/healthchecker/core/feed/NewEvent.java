package io.healthchecker.core.feed;

/** A fact to be told to one team. */
public record NewEvent(int teamId, long serviceId, Event event) {}
