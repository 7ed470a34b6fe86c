package io.healthchecker.testing;

import io.lettuce.core.RedisURI;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A Redis of one's own, which can be killed and started again. Nothing is written to disk: what it held is lost with
 * the process. Tests that let it live share one by {@link #freshDatabase()}.
 */
public final class TestRedis implements AutoCloseable {
    private static final int DATABASES = 4096;
    private static final AtomicInteger NEXT_DATABASE = new AtomicInteger();

    private final int port;
    private @Nullable Process process;

    private TestRedis(int port) {
        this.port = port;
    }

    /** An empty logical database of the Redis that all tests of this JVM share. Channels and scripts are shared. */
    public static RedisURI freshDatabase() {
        RedisURI uri = Shared.REDIS.uri();
        uri.setDatabase(Math.floorMod(NEXT_DATABASE.getAndIncrement(), DATABASES));
        return uri;
    }

    /** A new one, empty and ready. */
    public static TestRedis start() {
        var redis = new TestRedis(FreePort.next());
        redis.restart();
        return redis;
    }

    /** The same before and after a restart. */
    public RedisURI uri() {
        return RedisURI.create("127.0.0.1", port);
    }

    /** Id of its process while it runs. */
    public synchronized long pid() {
        if (process == null) {
            throw new IllegalStateException("the Redis of the tests does not run");
        }
        return process.pid();
    }

    /** Killed where it runs, then started on the same port, empty. Returns when it accepts connections. */
    public synchronized void restart() {
        stop();
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException("the Redis of the tests does not start", e);
        }
    }

    /** Killed, as by a failing machine. */
    public synchronized void stop() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
            process = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    private Process launch() throws IOException {
        var options = "--bind 127.0.0.1 --appendonly no --port %d --databases %d --save".formatted(port, DATABASES);
        var command = new ProcessBuilder(RedisExecutable.path());
        command.command().addAll(List.of(options.split(" ")));
        command.command().add("");
        Process started = command.redirectErrorStream(true).start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        BufferedReader output = started.inputReader();
        awaitReady(output);
        Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {})); // or it blocks on a full pipe
        return started;
    }

    private static void awaitReady(BufferedReader output) throws IOException {
        var said = new StringBuilder();
        String line;
        while ((line = output.readLine()) != null) {
            if (line.contains("eady to accept connections")) {
                return;
            }
            said.append(line).append('\n');
        }
        throw new IOException("redis-server ended before it was ready:\n" + said);
    }

    private static final class Shared {
        static final TestRedis REDIS = start();
    }
}
