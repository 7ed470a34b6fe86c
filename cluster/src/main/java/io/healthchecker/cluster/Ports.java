package io.healthchecker.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of loopback for servers that open them only later: those of clusters, and those of tests. */
public final class Ports {
    private static final int FIRST = 10_000;
    private static final int LAST = 32_000;
    private static final int TRIES = 1_000;
    private static final int LIMIT_MILLIS = 1_000;
    private static final FileChannel LOCKS = locks();

    private Ports() {}

    /**
     * One that this JVM did not get before. Nobody else gets it meanwhile: it lies below those that the system gives to
     * outgoing connections, and is locked against other JVMs that ask here until this one ends.
     */
    public static int free() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isOurs(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port in %d tries from %d to %d".formatted(TRIES, FIRST, LAST));
    }

    private static boolean isOurs(int port) {
        try {
            return LOCKS.tryLock(port, 1, false) != null; // a byte of the file for each port
        } catch (OverlappingFileLockException _) {
            return false; // this JVM has it already
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.isBound();
        } catch (IOException _) {
            return false;
        }
    }

    private static FileChannel locks() {
        try {
            // a folder for everybody lets nobody open what another user made
            String name = "health-checker-test-ports-" + System.getProperty("user.name");
            Path file = Path.of(System.getProperty("java.io.tmpdir"), name);
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
