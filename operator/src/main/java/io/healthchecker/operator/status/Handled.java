package io.healthchecker.operator.status;

import org.jspecify.annotations.Nullable;

/**
 * The tokens of a resource's annotations that were acted upon: who wrote a token sees in the status that it was heard.
 *
 * @param checkNow that of {@code healthchecker.io/check-now}, null if there never was one
 * @param reconcile that of {@code healthchecker.io/reconcile}, null if there never was one
 */
public record Handled(@Nullable String checkNow, @Nullable String reconcile) {
    public static final Handled NOTHING = new Handled(null, null);
}
