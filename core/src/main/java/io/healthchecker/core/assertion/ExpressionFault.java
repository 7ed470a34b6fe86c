package io.healthchecker.core.assertion;

/** Why a text is not an expression that may be stored. */
public final class ExpressionFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final int column;

    ExpressionFault(int column, String message) {
        super(message);
        this.column = column;
    }

    /** Where, counted from 1. */
    public int column() {
        return column;
    }

    /** What is wrong there, without saying where. */
    public String said() {
        return String.valueOf(getMessage());
    }
}
