package io.healthchecker.worker.dial;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.util.List;

/** Which addresses a name has. */
public interface Names extends AutoCloseable {
    /**
     * Looks a name up without blocking; the future completes on the loop. A name without an address fails with {@link
     * java.net.UnknownHostException}.
     *
     * @param host lower-case punycode
     */
    Future<List<InetAddress>> addresses(String host, EventLoop loop);

    @Override
    default void close() {}
}
