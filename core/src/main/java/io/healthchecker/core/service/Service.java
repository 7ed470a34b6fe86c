package io.healthchecker.core.service;

import io.healthchecker.crds.Definition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is watched, owned by one team.
 *
 * @param owner where the definition is kept, as its owner would name it ({@code shop/checkout}, {@code web.yaml#shop});
 *     null for {@link Source#REST}
 * @param version grows with each change
 * @param deletedAt null while it lives
 */
public record Service(
        long id,
        int teamId,
        String name,
        Source source,
        @Nullable String owner,
        Definition definition,
        long version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt) {}
