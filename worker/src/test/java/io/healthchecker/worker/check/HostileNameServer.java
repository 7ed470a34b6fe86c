package io.healthchecker.worker.check;

import io.healthchecker.testing.DnsSockets;
import io.healthchecker.testing.StubServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A name server: {@code loop.test} and {@code pool.test} are each other's aliases, {@code many.test} has 512 addresses,
 * {@code garbage.test} is answered with nonsense, {@code changing.test} is here once and at the metadata address from then
 * on, and any other name has the address 127.0.0.1.
 */
final class HostileNameServer implements AutoCloseable {
    private static final int HEADER = 12;
    private static final int A = 1;
    private static final int CNAME = 5;
    private static final int TRUNCATED = 0x0200;
    private static final int RESPONSE = 0x8180;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final byte[] METADATA = {(byte) 169, (byte) 254, (byte) 169, (byte) 254};

    private final AtomicInteger changes = new AtomicInteger();
    private final DnsSockets sockets = DnsSockets.open(query -> answer(query, true), this::byStream);

    private HostileNameServer() {}

    static HostileNameServer start() {
        return new HostileNameServer();
    }

    InetSocketAddress address() {
        return sockets.address();
    }

    private void byStream(StubServer.Connection connection) throws IOException {
        byte[] query = DnsSockets.query(connection);
        if (query.length > 0) {
            connection.send(DnsSockets.framed(answer(query, false)));
            connection.hang(); // until the other side has enough
        }
    }

    private byte[] answer(byte[] query, boolean datagram) {
        StringBuilder name = new StringBuilder();
        int end = HEADER;
        while (query[end] != 0) {
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(query, end + 1, query[end], StandardCharsets.US_ASCII));
            end += query[end] + 1;
        }
        int type = ByteBuffer.wrap(query).getShort(end + 1);
        ByteBuffer reply = ByteBuffer.allocate(16_384);
        reply.put(query, 0, 2).putShort((short) RESPONSE).putShort((short) 1);
        reply.putShort((short) 0).putInt(0).put(query, HEADER, end + 5 - HEADER);
        switch (name.toString()) {
            case "loop.test" -> alias(reply, "pool");
            case "pool.test" -> alias(reply, "loop");
            case "changing.test" -> {
                if (type == A) {
                    address(reply, changes.getAndIncrement() == 0 ? LOOPBACK : METADATA);
                }
            }
            case "garbage.test" -> reply.putShort(6, (short) 9_999);
            case "many.test" -> {
                if (datagram) {
                    reply.putShort(2, (short) (RESPONSE | TRUNCATED));
                } else if (type == A) {
                    for (int i = 0; i < 512; i++) {
                        address(reply, 1 + i % 250);
                    }
                }
            }
            default -> {
                if (type == A) {
                    address(reply, 1);
                }
            }
        }
        byte[] bytes = new byte[reply.position()];
        reply.flip().get(bytes);
        return bytes;
    }

    private static void address(ByteBuffer reply, int last) {
        address(reply, new byte[] {127, 0, 0, (byte) last});
    }

    private static void address(ByteBuffer reply, byte[] address) {
        count(reply);
        reply.putShort((short) 0xc00c).putShort((short) A).putShort((short) 1).putInt(0);
        reply.putShort((short) 4).put(address);
    }

    private static void alias(ByteBuffer reply, String label) {
        count(reply);
        reply.putShort((short) 0xc00c)
                .putShort((short) CNAME)
                .putShort((short) 1)
                .putInt(0);
        reply.putShort((short) 11).put((byte) 4).put(label.getBytes(StandardCharsets.US_ASCII));
        reply.put((byte) 4).put("test".getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
    }

    private static void count(ByteBuffer reply) {
        reply.putShort(6, (short) (reply.getShort(6) + 1));
    }

    @Override
    public void close() {
        sockets.close();
    }
}
