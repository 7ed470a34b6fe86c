package io.healthchecker.worker.check;

import io.healthchecker.testing.StubServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A TLS server that breaks off after so many records: it passes on what another server says up to there. */
record BrokenTls(int behind, int records, String end) implements StubServer.Script {
    private static final int HEADER = 5;

    @Override
    public void serve(StubServer.Connection connection) throws IOException {
        try (var server = new Socket(InetAddress.ofLiteral("127.0.0.1"), behind)) {
            Thread passing = Thread.ofVirtual().start(() -> passOn(connection, server));
            var from = new DataInputStream(server.getInputStream());
            for (int i = 0; i < records; i++) {
                byte[] head = from.readNBytes(HEADER);
                connection.send(head);
                connection.send(from.readNBytes((head[3] & 0xff) << 8 | (head[4] & 0xff)));
            }
            switch (end) {
                case "stall" -> passing.join();
                case "reset" -> {
                    connection.pause(30);
                    connection.reset();
                }
                case "close" -> connection.pause(30);
                default -> throw new IllegalArgumentException(end);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void passOn(StubServer.Connection connection, Socket server) {
        try {
            InputStream from = connection.input();
            from.transferTo(server.getOutputStream());
        } catch (IOException over) {
            // one of the two has ended
        }
    }
}
