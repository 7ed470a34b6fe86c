package io.healthchecker.api.auth;

import io.healthchecker.core.team.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who a request comes from, and the team in which it works. A parameter of this type in a controller is filled in.
 *
 * @param role what they may do here: of the account, or of the API token where that is less
 * @param tokenId of the API token that the request came with; null where a person signed in
 */
public record Principal(
        int accountId,
        String email,
        int teamId,
        Role role,
        @Nullable Long tokenId) {
    /** As the audit log names it. */
    public String actor() {
        return tokenId == null ? email : "%s (token %d)".formatted(email, tokenId);
    }
}
