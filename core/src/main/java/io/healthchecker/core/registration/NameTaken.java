package io.healthchecker.core.registration;

/** A name that another service of the team has. */
public final class NameTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NameTaken(String name) {
        super("name \"%s\" is taken by another service of this team; choose another one".formatted(name));
    }
}
