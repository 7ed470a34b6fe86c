package io.healthchecker.testing;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A name server on loopback, by UDP. It knows the IPv4 addresses that it was given; a name that begins with {@code
 * servfail}, {@code refused}, {@code empty} or {@code silent} is answered so, and any other does not exist.
 */
public final class StubNameServer implements AutoCloseable {
    private static final int TYPE_A = 1;
    private static final int NXDOMAIN = 3;
    private static final int SERVFAIL = 2;
    private static final int REFUSED = 5;
    private static final int HEADER = 12;

    private final DnsSockets sockets;
    private final Map<String, String> addresses;
    private final AtomicInteger queries = new AtomicInteger();
    private final AtomicInteger queriesForA = new AtomicInteger();

    private StubNameServer(Map<String, String> addresses) {
        this.addresses = Map.copyOf(addresses);
        this.sockets = DnsSockets.open(this::answer);
    }

    /** At a free port of 127.0.0.1. */
    public static StubNameServer start(Map<String, String> addresses) {
        return new StubNameServer(addresses);
    }

    public InetSocketAddress address() {
        return sockets.address();
    }

    /** How many queries came so far. */
    public int queries() {
        return queries.get();
    }

    /** How many of them asked for an address of IPv4: one for one of IPv6 may come when the first is answered already. */
    public int queriesForA() {
        return queriesForA.get();
    }

    private byte @Nullable [] answer(byte[] query) {
        queries.incrementAndGet();
        int end = HEADER;
        StringBuilder name = new StringBuilder();
        while (query[end] != 0) {
            int length = query[end];
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(query, end + 1, length, StandardCharsets.US_ASCII));
            end += length + 1;
        }
        int type = ByteBuffer.wrap(query).getShort(end + 1);
        if (type == TYPE_A) {
            queriesForA.incrementAndGet();
        }
        int questionEnd = end + 5;
        String address = addresses.get(name.toString());
        int code = code(name.toString(), address);
        if (code < 0) {
            return null;
        }
        boolean has = address != null && type == TYPE_A;
        ByteBuffer reply = ByteBuffer.allocate(512);
        reply.put(query, 0, 2).putShort((short) (0x8180 | code));
        reply.putShort((short) 1)
                .putShort((short) (has ? 1 : 0))
                .putShort((short) 0)
                .putShort((short) 0);
        reply.put(query, HEADER, questionEnd - HEADER);
        if (has) {
            reply.putShort((short) 0xc00c)
                    .putShort((short) TYPE_A)
                    .putShort((short) 1)
                    .putInt(30);
            reply.putShort((short) 4).put(InetAddress.ofLiteral(address).getAddress());
        }
        return Arrays.copyOf(reply.array(), reply.position());
    }

    private static int code(String name, @Nullable String address) {
        if (address != null || name.startsWith("empty")) {
            return 0;
        }
        if (name.startsWith("silent")) {
            return -1;
        }
        return name.startsWith("servfail") ? SERVFAIL : name.startsWith("refused") ? REFUSED : NXDOMAIN;
    }

    @Override
    public void close() {
        sockets.close();
    }
}
