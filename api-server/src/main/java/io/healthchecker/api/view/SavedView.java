package io.healthchecker.api.view;

import io.healthchecker.api.auth.Principal;
import io.healthchecker.core.team.Role;
import java.time.Instant;

/**
 * A filter of the list that somebody gave a name.
 *
 * @param accountId whose it is
 * @param email of that account
 * @param query as in the address of the list, without the question mark
 * @param shared whether all of the team see it
 */
record SavedView(long id, int accountId, String email, String name, String query, boolean shared, Instant createdAt) {
    /** Whoever made it may remove it; what is shared, admins of the team as well. */
    boolean isRemovableBy(Principal principal) {
        return accountId == principal.accountId() || (shared && principal.role().atLeast(Role.ADMIN));
    }
}
