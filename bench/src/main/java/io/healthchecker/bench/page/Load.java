package io.healthchecker.bench.page;

import com.sun.management.OperatingSystemMXBean;
import io.healthchecker.core.time.Ticker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * So many requests a second to a server in this process, by some clients. What the clients cost is not counted: their
 * threads are our own.
 */
public record Load(int port, int perSecond, int clients) {
    /** How browsers ask. */
    public enum Asking {
        /** As if they had never been there: answered 200. */
        ANEW,
        /** With the tag of what they have: answered 304, unless it has changed. */
        AGAIN
    }

    /** What one client saw: how long each answer took, from when its request was due. */
    private static final class Seen {
        private final long[] micros;
        private int count;
        private int notModified;
        private int bytes;
        private long cpuNanos;
        private @Nullable IOException failure;

        private Seen(int most) {
            micros = new long[most];
        }
    }

    /**
     * Makes the load.
     *
     * @throws IllegalStateException if a client failed
     */
    public Served run(String path, Asking asking, int seconds) throws InterruptedException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long interval = TimeUnit.SECONDS.toNanos(clients) / perSecond;
        List<Seen> seen = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        long cpu = system.getProcessCpuTime();
        long begin = Ticker.system().nanoTime();
        for (int i = 0; i < clients; i++) {
            var own = new Seen(perSecond * seconds / clients);
            seen.add(own);
            long first = begin + interval * i / clients;
            threads.add(Thread.ofPlatform().start(() -> ask(path, asking, first, interval, own)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long took = Ticker.system().nanoTime() - begin;
        long served = system.getProcessCpuTime()
                - cpu
                - seen.stream().mapToLong(client -> client.cpuNanos).sum();
        seen.forEach(client -> {
            if (client.failure != null) {
                throw new IllegalStateException(path, client.failure);
            }
        });
        List<Long> micros = seen.stream()
                .flatMapToLong(client -> Arrays.stream(client.micros, 0, client.count))
                .sorted()
                .boxed()
                .toList();
        int notModified = seen.stream().mapToInt(client -> client.notModified).sum();
        return new Served(micros, notModified, seen.getFirst().bytes, served, took);
    }

    private void ask(String path, Asking asking, long first, long interval, Seen seen) {
        try (var client = new PageClient(port)) {
            String tag = null;
            for (int i = 0; i < seen.micros.length; i++) {
                long due = first + i * interval;
                for (long left = 1; left > 0; left = due - Ticker.system().nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                PageClient.Answer answer = client.get(path, asking == Asking.AGAIN ? tag : null);
                seen.micros[i] = (Ticker.system().nanoTime() - due) / 1_000;
                seen.count++;
                switch (answer.status()) {
                    case 200 -> {
                        seen.bytes = answer.length();
                        tag = answer.tag();
                    }
                    case 304 -> seen.notModified++;
                    default -> throw new IOException("answered " + answer.status());
                }
            }
        } catch (IOException e) {
            seen.failure = e;
        } finally {
            seen.cpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
    }
}
