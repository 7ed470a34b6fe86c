package io.healthchecker.core.service;

/** Who owns the definition; everyone else has it read-only. */
public enum Source {
    REST(1, "rest"),
    FILE(2, "file"),
    KUBERNETES(3, "kubernetes");

    private final int code;
    private final String word;

    Source(int code, String word) {
        this.code = code;
        this.word = word;
    }

    /** As stored. */
    public int code() {
        return code;
    }

    /** As shown. */
    public String word() {
        return word;
    }

    public static Source of(int code) {
        return switch (code) {
            case 1 -> REST;
            case 2 -> FILE;
            case 3 -> KUBERNETES;
            default -> throw new IllegalArgumentException("source is %d; it must be 1 to 3".formatted(code));
        };
    }
}
