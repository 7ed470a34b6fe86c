package io.healthchecker.api.auth;

import io.healthchecker.core.team.Role;

/** What a route asks of the one who calls it. */
public enum Access {
    /** Nothing: anybody may call it. */
    OPEN,
    /** A token that is good; the database is not asked, so that the route answers while it is away. */
    TOKEN,
    /** An account, whatever its teams. */
    SIGNED_IN,
    /** Membership in the team of the request, in any role. */
    VIEWER,
    /** Editor of that team, or admin. */
    EDITOR,
    /** Admin of that team. */
    ADMIN;

    /** Whether a member of the team with some role may call such a route. */
    public boolean allows(Role role) {
        return switch (this) {
            case OPEN, TOKEN, SIGNED_IN, VIEWER -> true;
            case EDITOR -> role.atLeast(Role.EDITOR);
            case ADMIN -> role.atLeast(Role.ADMIN);
        };
    }
}
