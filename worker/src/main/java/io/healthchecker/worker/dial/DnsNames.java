package io.healthchecker.worker.dial;

import io.healthchecker.core.time.Ticker;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DefaultDnsCache;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names as the machine looks them up: its table of hosts, then the name servers and search domains of its resolv.conf.
 * An answer is kept for as long as its TTL says, at most a minute; a failure is not kept.
 */
public final class DnsNames implements Names {
    private static final int MAX_TTL_SECONDS = 60;
    private static final int QUERY_TIMEOUT_MILLIS = 2_000;
    private static final int LOOKUPS_SHARED = 256; // of one name at once

    private static final List<InetAddress> LOOPBACK =
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

    private final Hosts hosts;
    private final DnsServerAddressStreamProvider servers;
    private final DnsCache cache = new DefaultDnsCache(0, MAX_TTL_SECONDS, 0);
    private final Map<EventLoop, Ask> asks = new ConcurrentHashMap<>();

    /** By a table of hosts, normally {@code /etc/hosts}. */
    public DnsNames(Path hosts, Ticker ticker) {
        this(hosts, ticker, DnsServerAddressStreamProviders.platformDefault());
    }

    /** The same with name servers of one's own. */
    public DnsNames(Path hosts, Ticker ticker, DnsServerAddressStreamProvider servers) {
        this.hosts = new Hosts(hosts, ticker);
        this.servers = servers;
    }

    @Override
    public Future<List<InetAddress>> addresses(String host, EventLoop loop) {
        List<InetAddress> known = hosts.addresses(host);
        if (known.isEmpty() && isLocalhost(host)) {
            known = LOOPBACK; // RFC 6761 §6.3: never asked of a name server
        }
        return known.isEmpty() ? asks.computeIfAbsent(loop, this::ask).addresses(host) : loop.newSucceededFuture(known);
    }

    private static boolean isLocalhost(String host) {
        return host.equals("localhost") || host.endsWith(".localhost");
    }

    private Ask ask(EventLoop loop) {
        Refusals refusals = new Refusals();
        DnsNameResolver resolver = new DnsNameResolverBuilder(loop)
                .datagramChannelType(Transport.datagramChannel())
                .socketChannelType(Transport.socketChannel())
                .nameServerProvider(servers)
                .resolveCache(cache)
                .queryTimeoutMillis(QUERY_TIMEOUT_MILLIS)
                .consolidateCacheSize(LOOKUPS_SHARED)
                .hostsFileEntriesResolver((name, types) -> null) // asked above, with all its addresses
                .decodeIdn(false)
                .dnsQueryLifecycleObserverFactory(refusals)
                .build();
        return new Ask(loop, resolver, refusals);
    }

    /** What one loop asks name servers with. */
    private record Ask(EventLoop loop, DnsNameResolver resolver, Refusals refusals) {
        Future<List<InetAddress>> addresses(String host) {
            Promise<List<InetAddress>> promise = loop.newPromise();
            resolver.resolveAll(host).addListener((Future<List<InetAddress>> done) -> {
                DnsResponseCode refused = refusals.take(host);
                if (done.isSuccess()) {
                    promise.setSuccess(done.getNow());
                } else {
                    boolean unexplained = done.cause().getCause() == null;
                    promise.setFailure(refused != null && unexplained ? new NameRefused(host, refused) : done.cause());
                }
            });
            return promise;
        }
    }

    @Override
    public void close() {
        asks.values().forEach(ask -> ask.resolver().close());
    }
}
