package io.healthchecker.core.registration;

/** A change that was based on an older version than the one that is stored. */
public final class VersionConflict extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long stored;

    public VersionConflict(long expected, long stored) {
        super("the service has version %d by now, not %d; read it again and repeat the change"
                .formatted(stored, expected));
        this.stored = stored;
    }

    /** The version that is stored. */
    public long stored() {
        return stored;
    }
}
