package io.healthchecker.api.list;

import io.healthchecker.api.problem.FieldError;
import io.healthchecker.api.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for: so many after a cursor, or the inherited page.
 *
 * @param limit how many at most
 * @param cursor where to go on, null at the start
 * @param page number of the page from 1, null where cursors are used
 */
public record Window(
        int limit, @Nullable Cursor cursor, @Nullable Integer page) {
    public static final int MAX_LIMIT = 500;
    public static final int DEFAULT_LIMIT = 50;

    // a page is found by counting all rows before it; who wants to read further uses cursors
    private static final int MAX_OFFSET = 100_000;

    /**
     * The window of a request's parameters.
     *
     * @throws ProblemException if one of them is out of range
     */
    public static Window of(@Nullable Integer limit, @Nullable String cursor, @Nullable Integer page) {
        List<FieldError> errors = new ArrayList<>();
        int size = limit == null ? DEFAULT_LIMIT : limit;
        if (size < 1 || size > MAX_LIMIT) {
            errors.add(new FieldError("limit", "limit is %d; it must be 1 to %d".formatted(size, MAX_LIMIT)));
            size = DEFAULT_LIMIT;
        }
        if (page != null && cursor != null) {
            errors.add(new FieldError("page", "page and cursor exclude each other; keep one"));
        } else if (page != null && (page < 1 || (page - 1L) * size > MAX_OFFSET)) {
            errors.add(new FieldError(
                    "page",
                    "page is %d; it must be 1 to %d for this limit, beyond that use cursor"
                            .formatted(page, MAX_OFFSET / size + 1)));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.badParameters(errors);
        }
        return new Window(size, cursor == null ? null : Cursor.read(cursor), page);
    }

    /** How many rows come before it; zero where cursors are used. */
    public int offset() {
        return page == null ? 0 : (page - 1) * limit;
    }
}
