package io.healthchecker.worker.dial;

import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsQueryLifecycleObserver;
import io.netty.resolver.dns.DnsQueryLifecycleObserverFactory;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which names a name server lately refused to answer for, and with which code: the resolver itself tells a refusal from
 * an empty answer for SERVFAIL only. Belongs to one loop.
 */
final class Refusals implements DnsQueryLifecycleObserverFactory {
    private static final int REMEMBERED = 1_000;

    private final Map<String, DnsResponseCode> codes = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, DnsResponseCode> eldest) {
            return size() > REMEMBERED;
        }
    };

    @Override
    public DnsQueryLifecycleObserver newDnsQueryLifecycleObserver(DnsQuestion question) {
        return new Observer(bare(question.name()));
    }

    /** The code, null where the name was not refused; it is forgotten with this. */
    @Nullable
    DnsResponseCode take(String host) {
        return codes.remove(bare(host));
    }

    private static String bare(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private final class Observer implements DnsQueryLifecycleObserver {
        private final String name;

        Observer(String name) {
            this.name = name;
        }

        @Override
        public DnsQueryLifecycleObserver queryNoAnswer(DnsResponseCode code) {
            codes.put(name, code);
            return this;
        }

        @Override
        public DnsQueryLifecycleObserver queryRedirected(List<InetSocketAddress> nameServers) {
            return this;
        }

        @Override
        public DnsQueryLifecycleObserver queryCNAMEd(DnsQuestion question) {
            return this;
        }

        @Override
        public void queryWritten(InetSocketAddress server, ChannelFuture future) {}

        @Override
        public void queryCancelled(int remaining) {}

        @Override
        public void queryFailed(Throwable cause) {}

        @Override
        public void querySucceed() {}
    }
}
