package io.healthchecker.core.team;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who changed what.
 *
 * @param actor e-mail address, and the token where one was used
 * @param action create, update, delete …
 * @param object kind and id: {@code service:12}
 * @param name of the object, as it was called then
 * @param before as JSON without secrets; null where there was nothing
 * @param after as JSON without secrets; null where nothing is left
 */
public record AuditEntry(
        long id,
        String actor,
        String action,
        String object,
        String name,
        @Nullable String before,
        @Nullable String after,
        @Nullable String requestId,
        Instant at) {}
