package io.healthchecker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A port whose connections are never answered: its queue is full of others that nobody accepts. */
public final class BlackHole implements AutoCloseable {
    private static final int FILLING = 16;

    private final ServerSocket listener;
    private final List<SocketChannel> queue = new ArrayList<>();

    private BlackHole(ServerSocket listener) {
        this.listener = listener;
    }

    /** At a free port of 127.0.0.1. */
    public static BlackHole open() {
        return at("127.0.0.1");
    }

    /** At a free port of an address, or of all with {@code 0.0.0.0}. */
    public static BlackHole at(String address) {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        try {
            BlackHole hole = new BlackHole(new ServerSocket(0, 1, InetAddress.ofLiteral(address)));
            for (int i = 0; i < FILLING; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(new InetSocketAddress(loopback, hole.port()));
                hole.queue.add(channel);
            }
            return hole;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (SocketChannel channel : queue) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
