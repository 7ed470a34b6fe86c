package io.healthchecker.core.egress;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * An address that may not be dialled, and the rule that says so.
 *
 * @param port 0 where the protocol has none
 * @param rule such as {@code metadata}, {@code deny 10.0.0.0/8} or {@code own endpoint}
 */
public record Denial(InetAddress address, int port, String rule) {
    @Override
    public String toString() {
        String host = address instanceof Inet6Address six ? "[" + Ipv6Text.of(six) + "]" : address.getHostAddress();
        if (port == 0) {
            return "%s is denied by the rule “%s”".formatted(host, rule);
        }
        return "%s:%d is denied by the rule “%s”".formatted(host, port, rule);
    }
}
