package io.healthchecker.core.assertion;

import io.healthchecker.core.egress.Ipv6Text;
import java.net.Inet6Address;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** When two values of a record are the same: however an address is spelled, and a name whatever its case and last dot. */
final class DnsValue {
    private static final Set<String> OF_NAMES = Set.of("CNAME", "MX", "NS", "PTR", "SOA", "SRV");
    private static final Set<String> OF_DIGITS = Set.of("DS", "SSHFP", "TLSA");

    private DnsValue() {}

    static boolean same(String type, String one, String other) {
        return plain(type, one).equals(plain(type, other));
    }

    private static String plain(String type, String value) {
        if (type.equals("AAAA")) {
            try {
                return Inet6Address.ofLiteral(value) instanceof Inet6Address six ? Ipv6Text.of(six) : value;
            } catch (IllegalArgumentException e) {
                return value;
            }
        }
        if (OF_DIGITS.contains(type)) {
            return value.toLowerCase(Locale.ROOT);
        }
        if (!OF_NAMES.contains(type)) {
            return value;
        }
        return Arrays.stream(value.toLowerCase(Locale.ROOT).strip().split("\\s+"))
                .map(word -> word.length() > 1 && word.endsWith(".") ? word.substring(0, word.length() - 1) : word)
                .collect(Collectors.joining(" "));
    }
}
