package io.healthchecker.core.service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong in one file so far. */
final class Findings {
    /** More errors than this are counted, not listed. */
    static final int MAX = 100;

    private static final int MAX_VALUES = 500_000;

    private final String file;
    private final List<DefinitionError> errors = new ArrayList<>();
    private int found;
    private int values;

    Findings(String file) {
        this.file = file;
    }

    void add(Place place, String field, String message) {
        found++;
        if (errors.size() < MAX) {
            errors.add(new DefinitionError(file, place.line(), place.column(), field, message));
        }
    }

    /** Whether another value may be read: aliases repeat what is large, so what is read is counted, not what is written. */
    boolean mayRead() {
        if (values == MAX_VALUES) {
            add(
                    Place.START,
                    "",
                    "the file has more than %d values, its aliases written out; split it".formatted(MAX_VALUES));
        }
        return values++ < MAX_VALUES;
    }

    int count() {
        return found;
    }

    /** By place. */
    List<DefinitionError> errors() {
        List<DefinitionError> listed = new ArrayList<>(errors);
        listed.sort(Comparator.comparingInt(DefinitionError::line).thenComparingInt(DefinitionError::column));
        if (found <= MAX) {
            return listed;
        }
        DefinitionError last = listed.getLast();
        listed.add(new DefinitionError(
                file,
                last.line(),
                last.column(),
                "",
                "%d more errors follow; mend these first".formatted(found - MAX)));
        return listed;
    }

    /** Where something stands in a file; line and column count from 1. */
    record Place(int line, int column) {
        static final Place START = new Place(1, 1);
    }
}
