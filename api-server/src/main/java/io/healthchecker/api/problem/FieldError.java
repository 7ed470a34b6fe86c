package io.healthchecker.api.problem;

/**
 * What is wrong with one field.
 *
 * @param field as the user wrote it, with dots and indexes: {@code http.headers[0].name}
 * @param message what it is, what it must be, and what to do; never the value of a secret
 */
public record FieldError(String field, String message) {}
