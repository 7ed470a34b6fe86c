package io.healthchecker.worker.dial;

import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import java.net.InetSocketAddress;

/**
 * A name server of this machine.
 *
 * @param address without brackets
 */
public record NameServer(String address, int port) {
    /** The one that it would ask first. */
    public static NameServer own() {
        InetSocketAddress first = DnsServerAddressStreamProviders.platformDefault()
                .nameServerAddressStream("")
                .next();
        String address = first.isUnresolved()
                ? first.getHostString()
                : first.getAddress().getHostAddress();
        return new NameServer(address, first.getPort());
    }
}
