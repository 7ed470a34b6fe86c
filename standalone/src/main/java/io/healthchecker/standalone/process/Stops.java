package io.healthchecker.standalone.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be stopped, the latest first, when the process ends, whatever ends it. Each has a time limit: an end that
 * hangs does not keep the next from its own.
 */
public final class Stops implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Stops.class);

    /** An end, and how long it may take. */
    private record Stop(String what, Duration limit, Runnable end) {}

    private final Deque<Stop> stops = new ArrayDeque<>();
    private boolean closed;

    /** Closes itself when the JVM is told to end. */
    public static Stops atExit() {
        var stops = new Stops();
        Runtime.getRuntime().addShutdownHook(new Thread(stops::close, "stop"));
        return stops;
    }

    /** Registers an end before that begins which it ends. Throws where the end has come already. */
    public synchronized void add(String what, Duration limit, Runnable end) {
        if (closed) {
            throw new IllegalStateException("the process is ending; " + what + " must not begin");
        }
        stops.push(new Stop(what, limit, end));
    }

    /** Stops everything, once. A second caller waits for the first. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!stops.isEmpty()) {
            run(stops.pop());
        }
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy); // a tool that was cut off in its work
    }

    private static void run(Stop stop) {
        var thread = Thread.ofPlatform().daemon().name("stop " + stop.what()).start(() -> {
            try {
                stop.end().run();
            } catch (RuntimeException failed) {
                LOG.warn("stop failed what={}", stop.what(), failed);
            }
        });
        try {
            if (!thread.join(stop.limit())) {
                LOG.warn("stop took too long what={} limit={}", stop.what(), stop.limit());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
