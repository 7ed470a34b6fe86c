package io.healthchecker.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A public status page under a steady load, half of it from browsers that know the page already. What the clients cost
 * is not counted: their threads are our own.
 *
 * <p>Usage: {@code hc bench status-page [requests a second] [seconds]}, by default 1000 20.
 */
public final class StatusPageBench {
    private static final int CLIENTS = 20;
    private static final int COMPONENTS = 30;
    private static final int SERVICES = 1_000;

    private final int perSecond;
    private final int seconds;
    private final int port;

    private StatusPageBench(int perSecond, int seconds, int port) {
        this.perSecond = perSecond;
        this.seconds = seconds;
        this.port = port;
    }

    public static void main(String[] arguments) throws Exception {
        int perSecond = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        try (ManyServices services = ManyServices.start(SERVICES, 2)) {
            publish(services);
            var bench = new StatusPageBench(perSecond, seconds, services.port());
            System.out.printf("%d requests/s for %d s by %d clients%n", perSecond, seconds, CLIENTS);
            bench.run("page, warming up", "/status/bench", false);
            bench.run("page, still warming up", "/status/bench", true);
            bench.run("page, 30 components", "/status/bench", false);
            bench.run("page, half of them 304", "/status/bench", true);
            bench.run("JSON", "/status/bench.json", false);
            bench.run("Atom", "/status/bench.atom", false);
        }
        System.exit(0);
    }

    private static void publish(ManyServices services) {
        String components = services.ids(COMPONENTS).stream()
                .map(id -> "{\"name\":\"Component %d\",\"serviceId\":%d}".formatted(id, id))
                .collect(Collectors.joining(","));
        var answer = services.api()
                .post(
                        "/api/v1/status-pages",
                        "{\"slug\":\"bench\",\"title\":\"Bench\",\"published\":true,\"sections\":[{\"components\":[%s]}]}"
                                .formatted(components));
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.toString());
        }
    }

    /** What one client saw: how long each answer took, from when its request was due. */
    private static final class Seen {
        private final long[] micros;
        private int count;
        private int notModified;
        private int bytes;
        private long cpuNanos;

        private Seen(int most) {
            micros = new long[most];
        }
    }

    private void run(String what, String path, boolean known) throws InterruptedException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        AtomicInteger failed = new AtomicInteger();
        long interval = CLIENTS * 1_000_000_000L / perSecond;
        int each = perSecond * seconds / CLIENTS;
        List<Seen> seen = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        long cpu = system.getProcessCpuTime();
        long begin = System.nanoTime();
        for (int i = 0; i < CLIENTS; i++) {
            var own = new Seen(each);
            seen.add(own);
            long first = begin + interval * i / CLIENTS;
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    ask(path, known, first, interval, own);
                } catch (IOException e) {
                    failed.incrementAndGet();
                }
                own.cpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long took = System.nanoTime() - begin;
        long clients = seen.stream().mapToLong(client -> client.cpuNanos).sum();
        long served = system.getProcessCpuTime() - cpu - clients;
        long[] micros = seen.stream()
                .flatMapToLong(client -> Arrays.stream(client.micros, 0, client.count))
                .sorted()
                .toArray();
        System.out.printf(
                "%-24s %5.0f/s  p50 %6.2f ms  p99 %6.2f ms  max %7.2f ms  %6d bytes  %5d of %d 304  %d clients failed  "
                        + "server %4.0f µs a request, %3.0f %% of a core%n",
                what,
                micros.length / (took / 1e9),
                micros[micros.length / 2] / 1e3,
                micros[(int) (micros.length * 0.99)] / 1e3,
                micros[micros.length - 1] / 1e3,
                seen.getFirst().bytes,
                seen.stream().mapToInt(client -> client.notModified).sum(),
                micros.length,
                failed.get(),
                served / 1e3 / micros.length,
                served * 100.0 / took);
    }

    private void ask(String path, boolean known, long first, long interval, Seen seen) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream(), 65_536);
            String tag = null;
            for (int i = 0; i < seen.micros.length; i++) {
                long due = first + i * interval;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                boolean conditional = known && i % 2 == 1 && tag != null;
                out.write(request(path, conditional ? tag : null));
                Answer answer = Answer.read(in);
                seen.micros[i] = (System.nanoTime() - due) / 1_000;
                seen.count++;
                if (answer.status() == 304) {
                    seen.notModified++;
                } else if (answer.status() == 200) {
                    seen.bytes = answer.length();
                    tag = answer.tag();
                } else {
                    throw new IOException("answered " + answer.status());
                }
            }
        }
    }

    private static byte[] request(String path, @Nullable String tag) {
        return "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n%s\r\n"
                .formatted(path, tag == null ? "" : "If-None-Match: " + tag + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private record Answer(int status, int length, @Nullable String tag) {
        static Answer read(InputStream in) throws IOException {
            int status = Integer.parseInt(line(in).split(" ")[1]);
            int length = 0;
            String tag = null;
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                int colon = header.indexOf(':');
                String value = header.substring(colon + 1).strip();
                switch (header.substring(0, colon).toLowerCase(java.util.Locale.ROOT)) {
                    case "content-length" -> length = Integer.parseInt(value);
                    case "etag" -> tag = value;
                    default -> {}
                }
            }
            in.skipNBytes(status == 304 ? 0 : length);
            return new Answer(status, length, tag);
        }

        private static String line(InputStream in) throws IOException {
            var line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new EOFException();
                }
                if (next != '\r') {
                    line.append((char) next);
                }
            }
            return line.toString();
        }
    }
}
