package io.healthchecker.worker.intake;

import java.util.Set;

/** What is known of the other workers. */
public interface Fleet {
    /** Names of those that live, or null while it cannot be told who does. */
    @org.jspecify.annotations.Nullable
    Set<String> living();
}
