package io.healthchecker.worker.dial;

import io.healthchecker.core.time.Ticker;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** Names as one name server of a test tells them. */
public final class NamesOf {
    private NamesOf() {}

    public static Names server(InetSocketAddress server) {
        return new DnsNames(
                Path.of("/nonexistent"), Ticker.system(), new SingletonDnsServerAddressStreamProvider(server));
    }
}
