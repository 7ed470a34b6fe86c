package io.healthchecker.core.team;

/** What a member may do in a team; each role may do all that the one before it may. */
public enum Role {
    /** Reads everything of the team. */
    VIEWER(1),
    /** Creates, changes, checks and deletes services. */
    EDITOR(2),
    /** Manages members and the team itself. */
    ADMIN(3);

    private final int code;

    Role(int code) {
        this.code = code;
    }

    /** As stored. */
    public int code() {
        return code;
    }

    public static Role of(int code) {
        for (Role role : values()) {
            if (role.code == code) {
                return role;
            }
        }
        throw new IllegalArgumentException("role is %d; it must be 1 to 3".formatted(code));
    }

    /** Whether this role may do what another one may. */
    public boolean atLeast(Role other) {
        return code >= other.code;
    }
}
