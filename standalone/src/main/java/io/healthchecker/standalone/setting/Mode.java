package io.healthchecker.standalone.setting;

import io.healthchecker.standalone.StartFailure;

/** Whether people read the log ({@code development}) or programs do, and weak secrets are refused ({@code production}). */
public enum Mode {
    DEVELOPMENT,
    PRODUCTION;

    static Mode of(Variables variables) {
        String value = variables.get("ENV").orElse("development");
        return switch (value) {
            case "development" -> DEVELOPMENT;
            case "production" -> PRODUCTION;
            default -> throw new StartFailure("ENV is %s; it must be development or production".formatted(value));
        };
    }
}
