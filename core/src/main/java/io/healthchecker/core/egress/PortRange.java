package io.healthchecker.core.egress;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ports from the first to the last, both included. */
record PortRange(int first, int last) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

    PortRange {
        if (first < 1 || last > 65_535 || first > last) {
            throw new IllegalArgumentException(
                    "it must be a port or a range of ports between 1 and 65535, such as 25 or 6000-6063");
        }
    }

    static PortRange parse(String text) {
        Matcher ports = TEXT.matcher(text);
        if (!ports.matches()) {
            return new PortRange(0, 0); // says what it must be
        }
        int first = Integer.parseInt(ports.group(1));
        return new PortRange(first, ports.group(2) == null ? first : Integer.parseInt(ports.group(2)));
    }

    boolean contains(int port) {
        return first <= port && port <= last;
    }

    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
