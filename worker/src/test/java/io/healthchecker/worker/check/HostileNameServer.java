package io.healthchecker.worker.check;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
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

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final AtomicInteger changes = new AtomicInteger();

    private HostileNameServer(DatagramSocket udp, ServerSocket tcp) {
        this.udp = udp;
        this.tcp = tcp;
        Thread.ofVirtual().start(this::datagrams);
        Thread.ofVirtual().start(this::streams);
    }

    static HostileNameServer start() throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        DatagramSocket udp = new DatagramSocket(0, loopback);
        return new HostileNameServer(udp, new ServerSocket(udp.getLocalPort(), 10, loopback));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
    }

    private void datagrams() {
        byte[] bytes = new byte[1_500];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                udp.receive(packet);
                byte[] answer = answer(packet.getData(), true);
                udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void streams() {
        while (!tcp.isClosed()) {
            try (Socket socket = tcp.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] query = new byte[in.readUnsignedShort()];
                in.readFully(query);
                byte[] answer = answer(query, false);
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeShort(answer.length);
                out.write(answer);
                out.flush();
                in.read(); // until the other side has enough
            } catch (IOException closed) {
                // the next one
            }
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
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
