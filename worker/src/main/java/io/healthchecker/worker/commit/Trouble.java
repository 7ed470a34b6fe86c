package io.healthchecker.worker.commit;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionException;

/** Whose fault it is that a batch could not be written. */
enum Trouble {
    /** The database is away, full, read-only or busy: the same batch will do later. */
    AWAY,
    /** Two transactions were in each other's way: the same batch will do at once. */
    COLLISION,
    /** A partition is missing that was there before. */
    PARTITION,
    /** Something in the batch: it will never do. */
    DATA;

    static Trouble of(Throwable failure) {
        SQLException cause = sql(failure);
        if (cause == null) {
            return failure instanceof TransactionException ? AWAY : DATA;
        }
        String state = cause.getSQLState();
        if (state == null) {
            return AWAY;
        }
        if (state.equals("40001") || state.equals("40P01")) {
            return COLLISION;
        }
        if (state.equals("23514") && String.valueOf(cause.getMessage()).contains("no partition of relation")) {
            return PARTITION;
        }
        return state.startsWith("22") || state.startsWith("23") ? DATA : AWAY;
    }

    private static @Nullable SQLException sql(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
