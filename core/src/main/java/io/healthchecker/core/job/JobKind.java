package io.healthchecker.core.job;

/** Why a check is due. */
public enum JobKind {
    /** A slot of the service's cadence. */
    GRID(0),
    /** The first check of a service that was created or resumed; its slot is the instant of that change. */
    FIRST(1),
    /** A re-check of a result that leans away from the verdict; its slot is the instant at which it is due. */
    CONFIRMATION(2),
    /** A person asked for it; its slot is the instant at which they did. */
    MANUAL(3);

    private final int code;

    JobKind(int code) {
        this.code = code;
    }

    /** As stored and sent. */
    public int code() {
        return code;
    }

    public static JobKind of(int code) {
        return switch (code) {
            case 0 -> GRID;
            case 1 -> FIRST;
            case 2 -> CONFIRMATION;
            case 3 -> MANUAL;
            default -> throw new IllegalArgumentException("job kind is %d; it must be 0 to 3".formatted(code));
        };
    }
}
