package io.healthchecker.core.team;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token for programs.
 *
 * @param email of the account that made it
 * @param scope what it may do at most, in one team
 * @param wall whether it reads what the wall shows and nothing else
 * @param lastUsedAt to the minute; null if it never was
 */
public record ApiToken(
        long id,
        int teamId,
        int accountId,
        String email,
        String name,
        Role scope,
        boolean wall,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable String lastUsedFrom) {}
