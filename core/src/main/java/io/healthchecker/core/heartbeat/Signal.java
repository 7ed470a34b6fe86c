package io.healthchecker.core.heartbeat;

/** What a ping says. */
public enum Signal {
    /** Nothing yet. */
    NONE(0),
    /** The job has done what it should. */
    SUCCESS(1),
    /** It has not. */
    FAILURE(2),
    /** It begins. */
    START(3);

    private final int code;

    Signal(int code) {
        this.code = code;
    }

    /** As stored. */
    public int code() {
        return code;
    }

    public static Signal of(int code) {
        return switch (code) {
            case 0 -> NONE;
            case 1 -> SUCCESS;
            case 2 -> FAILURE;
            case 3 -> START;
            default -> throw new IllegalArgumentException("signal is %d; it must be 0 to 3".formatted(code));
        };
    }
}
