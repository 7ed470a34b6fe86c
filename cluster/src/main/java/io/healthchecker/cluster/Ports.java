package io.healthchecker.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Ports of loopback. */
final class Ports {
    private static final int LIMIT_MILLIS = 1_000;

    private Ports() {}

    /** One that nobody had a moment ago. */
    static int free() {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /** Whether somebody listens. */
    static boolean isOpen(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), LIMIT_MILLIS);
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
