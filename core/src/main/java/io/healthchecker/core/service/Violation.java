package io.healthchecker.core.service;

/**
 * One thing that is wrong with a definition.
 *
 * @param field path of the field as its user writes it, such as {@code http.url}; empty for the whole definition
 * @param message what it is, what it must be, what to do
 */
public record Violation(String field, String message) {}
