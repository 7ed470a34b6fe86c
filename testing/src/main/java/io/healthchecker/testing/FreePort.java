package io.healthchecker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of loopback for servers that open them only later. Nobody else gets one meanwhile: they lie below those that the
 * system gives to outgoing connections, and each is locked against the tests of other JVMs until this one ends.
 */
public final class FreePort {
    private static final int FIRST = 10_000;
    private static final int LAST = 32_000;
    private static final int TRIES = 1_000;
    private static final FileChannel LOCKS = locks();

    private FreePort() {}

    /** One that this JVM did not get before. */
    public static int next() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isOurs(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port in %d tries from %d to %d".formatted(TRIES, FIRST, LAST));
    }

    /** A byte of the file is locked for each port; it stays so until the JVM ends. */
    private static boolean isOurs(int port) {
        try {
            return LOCKS.tryLock(port, 1, false) != null;
        } catch (OverlappingFileLockException _) {
            return false; // this JVM has it already
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException _) {
            return false;
        }
    }

    private static FileChannel locks() {
        try {
            return FileChannel.open(
                    Path.of(System.getProperty("java.io.tmpdir"), "health-checker-test-ports"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
