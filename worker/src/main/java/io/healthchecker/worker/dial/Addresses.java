package io.healthchecker.worker.dial;

import io.healthchecker.core.egress.Ipv6Text;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Literals, and the order in which addresses are tried. */
final class Addresses {
    private Addresses() {}

    /** The address that a host is, or null if it is a name. */
    static @Nullable InetAddress literal(String host) {
        if (host.indexOf(':') < 0 && !Character.isDigit(host.charAt(host.length() - 1))) {
            return null; // no top-level domain ends with a digit
        }
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * The families by turns, the first one first (RFC 8305 §4); within a family it begins at a random address, so that
     * each address of a name is checked some time.
     */
    static List<InetAddress> alternating(List<InetAddress> addresses, RandomGenerator random) {
        if (addresses.size() < 2) {
            return addresses;
        }
        List<InetAddress> four = new ArrayList<>();
        List<InetAddress> six = new ArrayList<>();
        for (InetAddress address : addresses) {
            (address instanceof Inet4Address ? four : six).add(address);
        }
        java.util.Collections.rotate(four, four.isEmpty() ? 0 : random.nextInt(four.size()));
        java.util.Collections.rotate(six, six.isEmpty() ? 0 : random.nextInt(six.size()));
        boolean fourFirst = addresses.getFirst() instanceof Inet4Address;
        List<InetAddress> first = fourFirst ? four : six;
        List<InetAddress> second = fourFirst ? six : four;
        List<InetAddress> ordered = new ArrayList<>(addresses.size());
        for (int i = 0; i < addresses.size(); i++) {
            if (i < first.size()) {
                ordered.add(first.get(i));
            }
            if (i < second.size()) {
                ordered.add(second.get(i));
            }
        }
        return ordered;
    }

    /** As people write it: {@code 192.0.2.7:443}, {@code [2001:db8::7]:443}. */
    static String text(InetSocketAddress endpoint) {
        InetAddress address = endpoint.getAddress();
        String host = address instanceof Inet6Address six ? "[" + Ipv6Text.of(six) + "]" : address.getHostAddress();
        return host + ":" + endpoint.getPort();
    }
}
