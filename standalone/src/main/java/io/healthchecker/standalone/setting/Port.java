package io.healthchecker.standalone.setting;

import io.healthchecker.standalone.StartFailure;

/** A port to serve at, 0 to 65535; 0 takes any free one. */
public record Port(int number) {

    /** Reads {@code 8080} or {@code :8080}; {@code name} is what the user calls it. */
    public static Port parse(String name, String value) {
        String digits = value.startsWith(":") ? value.substring(1) : value;
        if (digits.matches("[0-9]{1,5}") && Integer.parseInt(digits) <= 65_535) {
            return new Port(Integer.parseInt(digits));
        }
        throw new StartFailure(
                "%s is %s; it must be a port from 1 to 65535, for example 8080 or :8080".formatted(name, value));
    }
}
