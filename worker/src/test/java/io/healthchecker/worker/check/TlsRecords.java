package io.healthchecker.worker.check;

import static org.awaitility.Awaitility.await;

import io.healthchecker.testing.StubServer;
import io.healthchecker.testing.StubServer.Script;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** The records of a TLS server, handed on one by one. */
final class TlsRecords {
    private TlsRecords() {}

    /** How many records a server sends until it waits for its client. */
    static int count(int port) {
        // a busy machine may not have sent them yet when they are counted
        return await().until(() -> countOnce(port), records -> records >= 3);
    }

    private static int countOnce(int port) throws IOException {
        AtomicInteger records = new AtomicInteger();
        try (var between = StubServer.start(connection -> {
                    try (Socket behind = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
                        behind.setSoTimeout(500);
                        behind.getOutputStream().write(connection.some());
                        var in = new DataInputStream(behind.getInputStream());
                        while (true) {
                            record(in);
                            records.incrementAndGet();
                        }
                    } catch (SocketTimeoutException waits) {
                        // for its client
                    }
                });
                var probers = TestProbers.standalone()) {
            probers.check(Wanted.http("https://127.0.0.1:%d/".formatted(between.port()))
                    .timeoutSeconds(1));
        }
        return records.get();
    }

    private static byte[] record(DataInputStream in) throws IOException {
        byte[] head = in.readNBytes(5);
        if (head.length < 5) {
            throw new SocketTimeoutException("closed");
        }
        byte[] body = in.readNBytes((head[3] & 0xff) << 8 | (head[4] & 0xff));
        return ByteBuffer.allocate(5 + body.length).put(head).put(body).array();
    }

    /** Sends so many of them, and half of the next. */
    static Script half(int port, int whole) {
        return connection -> {
            try (Socket behind = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
                behind.getOutputStream().write(connection.some());
                var in = new DataInputStream(behind.getInputStream());
                for (int i = 0; i < whole; i++) {
                    connection.send(record(in));
                }
                byte[] last = record(in);
                connection.send(Arrays.copyOf(last, last.length / 2));
                connection.hang();
            }
        };
    }
}
