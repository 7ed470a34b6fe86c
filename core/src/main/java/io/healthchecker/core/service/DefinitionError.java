package io.healthchecker.core.service;

/**
 * One thing that is wrong in a file of definitions, and where.
 *
 * @param line from 1
 * @param column from 1
 * @param field path of the field as it is written in the file, such as {@code spec.http.url}; empty for the whole file
 * @param message what it is, what it must be, what to do; it names the field
 */
public record DefinitionError(String file, int line, int column, String field, String message) {

    /** As compilers say it, so that editors can jump there. */
    @Override
    public String toString() {
        return "%s:%d:%d: %s".formatted(file, line, column, message);
    }
}
