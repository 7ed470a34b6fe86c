package io.healthchecker.operator.source;

/**
 * Something that a source wants, but cannot have.
 *
 * @param owner where it is kept
 * @param message what it is, what it must be, what to do
 */
public record Refused(String owner, String message) {}
