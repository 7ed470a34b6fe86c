package io.healthchecker.worker.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A proxy that leads connections on to 127.0.0.1, whatever host they ask for. */
final class ConnectProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();

    private ConnectProxy(ServerSocket listener) {
        this.listener = listener;
        Thread.ofVirtual().start(this::accept);
    }

    static ConnectProxy start() {
        try {
            return new ConnectProxy(new ServerSocket(0, 100, InetAddress.ofLiteral("127.0.0.1")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** What it was asked. */
    Queue<String> requests() {
        return requests;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            StringBuilder request = new StringBuilder();
            while (request.indexOf("\r\n\r\n") < 0) {
                int b = client.getInputStream().read();
                if (b < 0) {
                    return;
                }
                request.append((char) b);
            }
            requests.add(request.toString());
            int port = Integer.parseInt(request.substring(request.indexOf(":") + 1, request.indexOf(" HTTP/1.1")));
            try (Socket target = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
                client.getOutputStream().write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                Thread.ofVirtual().start(() -> pump(client, target));
                pump(target, client);
            }
        } catch (IOException gone) {
            // one of both has closed
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException gone) {
            // one of both has closed
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
