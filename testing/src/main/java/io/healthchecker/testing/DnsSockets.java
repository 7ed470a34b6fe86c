package io.healthchecker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where a name server of a test is asked: at one free port of 127.0.0.1, by UDP, and by TCP where it has a script. */
public final class DnsSockets implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int LARGEST = 1_500;
    private static final int TRIES = 10;

    private final DatagramSocket datagrams;
    private final @Nullable StubServer streams;

    /** What is answered to a query by UDP; null for nothing. */
    @FunctionalInterface
    public interface Answers {
        byte @Nullable [] to(byte[] query);
    }

    private DnsSockets(DatagramSocket datagrams, @Nullable StubServer streams, Answers answers) {
        this.datagrams = datagrams;
        this.streams = streams;
        Thread.ofPlatform().daemon().name("name-server").start(() -> serve(answers));
    }

    /** By UDP alone. */
    public static DnsSockets open(Answers answers) {
        return new DnsSockets(datagrams(), null, answers);
    }

    /** By UDP, and by TCP at the same port. */
    public static DnsSockets open(Answers answers, StubServer.Script script) {
        for (int i = 1; ; i++) {
            DatagramSocket datagrams = datagrams();
            try {
                return new DnsSockets(datagrams, StubServer.start(LOOPBACK, datagrams.getLocalPort(), script), answers);
            } catch (UncheckedIOException taken) { // by somebody's stream
                datagrams.close();
                if (i == TRIES) {
                    throw taken;
                }
            }
        }
    }

    private static DatagramSocket datagrams() {
        try {
            return new DatagramSocket(0, LOOPBACK);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return datagrams.getLocalPort();
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(LOOPBACK, port());
    }

    private void serve(Answers answers) {
        byte[] bytes = new byte[LARGEST];
        while (!datagrams.isClosed()) {
            DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
            try {
                datagrams.receive(packet);
                byte[] answer = answers.to(Arrays.copyOf(bytes, packet.getLength()));
                if (answer != null) {
                    datagrams.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** A query that comes by TCP; empty where the other side closes without one. */
    public static byte[] query(StubServer.Connection connection) throws IOException {
        byte[] length = connection.bytes(2);
        return length.length < 2 ? new byte[0] : connection.bytes((length[0] & 0xff) << 8 | (length[1] & 0xff));
    }

    /** A message as it is sent by TCP, with its length in front. */
    public static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(2 + message.length)
                .putShort((short) message.length)
                .put(message)
                .array();
    }

    @Override
    public void close() {
        datagrams.close();
        if (streams != null) {
            streams.close();
        }
    }
}
