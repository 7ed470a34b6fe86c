package io.healthchecker.core.service;

import io.healthchecker.crds.Definition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is watched, owned by one team.
 *
 * @param owner where the definition is kept, as its owner would name it ({@code default/shop/checkout}, {@code web.yaml#shop});
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
        @Nullable Instant deletedAt) {

    /** Who owns it, for a person: {@code HealthCheckService shop/checkout of cluster west}. */
    public String ownerInWords() {
        return switch (source) {
            case REST -> "the REST API";
            case FILE -> "file " + owner;
            case KUBERNETES -> {
                String[] name = String.valueOf(owner).split("/", 2); // cluster, and namespace/name
                yield name.length < 2
                        ? "HealthCheckService " + owner
                        : "HealthCheckService %s of cluster %s".formatted(name[1], name[0]);
            }
        };
    }
}
