package io.healthchecker.core.assertion;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing that an answer must be. */
@FunctionalInterface
interface Expectation {
    /** What is wrong, with the values filled in, or null if it is met. */
    @Nullable
    String failure(Answer answer, Instant now);
}
