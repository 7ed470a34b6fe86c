package io.healthchecker.core.check;

/** What one check says of its service. */
public enum Outcome {
    UP(1),
    /** Passed, but slower than its definition allows. */
    DEGRADED(2),
    DOWN(3),
    /** We could not tell: our own trouble, never the service's. */
    UNKNOWN(4);

    private final int code;

    Outcome(int code) {
        this.code = code;
    }

    /** As stored. */
    public int code() {
        return code;
    }

    public static Outcome of(int code) {
        return switch (code) {
            case 1 -> UP;
            case 2 -> DEGRADED;
            case 3 -> DOWN;
            case 4 -> UNKNOWN;
            default -> throw new IllegalArgumentException("outcome is %d; it must be 1 to 4".formatted(code));
        };
    }
}
