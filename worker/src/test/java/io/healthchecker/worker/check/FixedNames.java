package io.healthchecker.worker.check;

import io.healthchecker.worker.dial.Names;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Names whose addresses a test fixes; a name may have other addresses each time it is asked for. */
final class FixedNames implements Names {
    private final Map<String, Queue<List<InetAddress>>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger lookups = new AtomicInteger();

    /** What the next lookup answers; the last one is answered for ever. */
    FixedNames then(String host, String... addresses) {
        answers.computeIfAbsent(host, any -> new ArrayDeque<>())
                .add(Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
        return this;
    }

    int lookups() {
        return lookups.get();
    }

    @Override
    public synchronized Future<List<InetAddress>> addresses(String host, EventLoop loop) {
        lookups.incrementAndGet();
        Queue<List<InetAddress>> known = answers.get(host);
        if (known == null) {
            return loop.newFailedFuture(new UnknownHostException(host));
        }
        return loop.newSucceededFuture(known.size() > 1 ? known.remove() : known.element());
    }
}
