package io.healthchecker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

    private final DatagramSocket socket;
    private final Map<String, String> addresses;
    private final AtomicInteger queries = new AtomicInteger();

    private StubNameServer(DatagramSocket socket, Map<String, String> addresses) {
        this.socket = socket;
        this.addresses = Map.copyOf(addresses);
        Thread.ofPlatform().daemon().name("stub-dns").start(this::serve);
    }

    /** At a free port of 127.0.0.1. */
    public static StubNameServer start(Map<String, String> addresses) {
        try {
            return new StubNameServer(new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1")), addresses);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }

    /** How many queries came so far. */
    public int queries() {
        return queries.get();
    }

    private void serve() {
        byte[] bytes = new byte[1_500];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
            try {
                socket.receive(packet);
                queries.incrementAndGet();
                answer(packet);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(DatagramPacket packet) throws IOException {
        ByteBuffer query = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
        int end = HEADER;
        StringBuilder name = new StringBuilder();
        while (query.get(end) != 0) {
            int length = query.get(end);
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(packet.getData(), end + 1, length, StandardCharsets.US_ASCII));
            end += length + 1;
        }
        int type = query.getShort(end + 1);
        int questionEnd = end + 5;
        String address = addresses.get(name.toString());
        int code = code(name.toString(), address);
        if (code < 0) {
            return;
        }
        boolean has = address != null && type == TYPE_A;
        ByteBuffer reply = ByteBuffer.allocate(512);
        reply.put(packet.getData(), 0, 2).putShort((short) (0x8180 | code));
        reply.putShort((short) 1)
                .putShort((short) (has ? 1 : 0))
                .putShort((short) 0)
                .putShort((short) 0);
        reply.put(packet.getData(), HEADER, questionEnd - HEADER);
        if (has) {
            reply.putShort((short) 0xc00c)
                    .putShort((short) TYPE_A)
                    .putShort((short) 1)
                    .putInt(30);
            reply.putShort((short) 4).put(InetAddress.ofLiteral(address).getAddress());
        }
        socket.send(new DatagramPacket(reply.array(), reply.position(), packet.getSocketAddress()));
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
        socket.close();
    }
}
