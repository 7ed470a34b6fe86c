package io.healthchecker.standalone.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port of loopback that nobody had a moment ago. */
final class FreePort {
    /** How often a server is started anew, should somebody else take its port in that moment. */
    static final int TRIES = 3;

    private FreePort() {}

    static int find() {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
