package io.healthchecker.core.service;

import java.net.IDN;
import java.util.Arrays;
import java.util.Locale;

/** A name as name servers are asked for it. */
public final class DnsName {
    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;

    private DnsName() {}

    /**
     * Lower-case punycode without a dot at its end; empty for the root. Unlike that of a host it may have any characters
     * that are visible in ASCII, such as {@code *} and {@code /}.
     *
     * @throws IllegalArgumentException with a message that continues “name is …; ”: what it must be
     */
    public static String of(String name) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        String ascii = bare;
        if (bare.chars().anyMatch(c -> c >= 0x80)) {
            try {
                ascii = IDN.toASCII(bare, IDN.ALLOW_UNASSIGNED);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("it must be a name of DNS", e);
            }
        }
        boolean labels =
                ascii.isEmpty() || Arrays.stream(ascii.split("\\.", -1)).allMatch(DnsName::isLabel);
        if (name.isEmpty() || ascii.length() > MAX_NAME || !labels) {
            throw new IllegalArgumentException(
                    "it must be a name of DNS: labels of 1 to 63 characters, with dots between");
        }
        return ascii.toLowerCase(Locale.ROOT);
    }

    private static boolean isLabel(String label) {
        return !label.isEmpty()
                && label.length() <= MAX_LABEL
                && label.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
    }
}
