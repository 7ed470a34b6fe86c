package io.healthchecker.api.page;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A status page as it is stored.
 *
 * @param linkHash of the token that shows it, as {@link PageLink} has it; null where everybody sees it once it is published
 */
record Page(int id, int teamId, PageBody body, @Nullable String linkHash, long version, Instant updatedAt) {}
