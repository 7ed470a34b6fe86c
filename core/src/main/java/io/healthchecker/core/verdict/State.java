package io.healthchecker.core.verdict;

/** What a service is, after thresholds and quorum. */
public enum State {
    UP(1, "Up"),
    /** There, but slower than its definition allows. */
    DEGRADED(2, "Degraded"),
    DOWN(3, "Down"),
    /** Nobody can tell: no result yet, or none for several periods. */
    UNKNOWN(4, "Unknown"),
    /** Its owner suspended it. */
    SUSPENDED(5, "Suspended");

    private final int code;
    private final String word;

    State(int code, String word) {
        this.code = code;
        this.word = word;
    }

    /** As stored. */
    public int code() {
        return code;
    }

    /** As shown: in JSON, status and UI. */
    public String word() {
        return word;
    }

    public static State of(int code) {
        return switch (code) {
            case 1 -> UP;
            case 2 -> DEGRADED;
            case 3 -> DOWN;
            case 4 -> UNKNOWN;
            case 5 -> SUSPENDED;
            default -> throw new IllegalArgumentException("state is %d; it must be 1 to 5".formatted(code));
        };
    }
}
