package io.healthchecker.core.team;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Lets somebody join a team by a link.
 *
 * @param email the only address that may use it; null for any
 * @param invitedBy e-mail address
 */
public record Invitation(
        long id,
        int teamId,
        @Nullable String email,
        Role role,
        String invitedBy,
        Instant createdAt,
        Instant expiresAt) {}
