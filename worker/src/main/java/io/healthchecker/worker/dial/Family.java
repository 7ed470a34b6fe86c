package io.healthchecker.worker.dial;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which addresses of a name are connected to, and which first. */
public enum Family {
    /** All, in the order in which they were found. */
    ANY,
    IPV4,
    IPV6,
    /** All, IPv4 first. */
    PREFER_IPV4,
    /** All, IPv6 first. */
    PREFER_IPV6;

    /** Those that are wanted, the family first that is to be tried first. */
    List<InetAddress> of(List<InetAddress> addresses) {
        return switch (this) {
            case ANY -> addresses;
            case IPV4 ->
                addresses.stream().filter(Inet4Address.class::isInstance).toList();
            case IPV6 ->
                addresses.stream()
                        .filter(address -> !(address instanceof Inet4Address))
                        .toList();
            case PREFER_IPV4 -> sorted(addresses, false);
            case PREFER_IPV6 -> sorted(addresses, true);
        };
    }

    private static List<InetAddress> sorted(List<InetAddress> addresses, boolean sixFirst) {
        List<InetAddress> sorted = new ArrayList<>(addresses);
        sorted.sort(Comparator.comparing(address -> address instanceof Inet4Address == sixFirst));
        return sorted;
    }

    /** Such as {@code IPv4}. */
    String words() {
        return switch (this) {
            case IPV4, PREFER_IPV4 -> "IPv4";
            case IPV6, PREFER_IPV6 -> "IPv6";
            case ANY -> "IP";
        };
    }
}
