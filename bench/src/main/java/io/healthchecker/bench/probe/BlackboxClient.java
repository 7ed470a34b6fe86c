package io.healthchecker.bench.probe;

import io.healthchecker.bench.answer.Ports;
import io.healthchecker.bench.answer.Targets;
import io.healthchecker.bench.process.Cores;
import io.healthchecker.bench.process.CpuTime;
import io.healthchecker.bench.process.Pace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * blackbox_exporter, which makes one check for each request to it. The requests come over connections that stay open,
 * from the process that measures, on the other core.
 */
final class BlackboxClient implements Client {
    private static final int UNDER_WAY = 8; // enough that one always waits for its core
    private static final Duration START = Duration.ofSeconds(10);

    private final Process process;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<HttpRequest> requests;
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile int pace = -1;

    private BlackboxClient(Process process, List<HttpRequest> requests) {
        this.process = process;
        this.requests = requests;
    }

    static BlackboxClient start(Path program, Kind kind, Targets targets) {
        try {
            int port = freePort();
            Path configuration = Files.writeString(
                    targets.folder().resolve("blackbox.yaml"), Blackbox.configuration(targets.authority()));
            ProcessBuilder builder = new ProcessBuilder(Cores.measured(Blackbox.command(program, configuration, port)));
            builder.environment().put("GOMAXPROCS", "1");
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            List<HttpRequest> requests = Ports.addresses()
                    .map(address -> URI.create("http://127.0.0.1:%d/probe?module=%s&target=%s"
                            .formatted(port, kind.word(), kind.target(address, targets.ports()))))
                    .map(uri -> HttpRequest.newBuilder(uri).build())
                    .toList();
            BlackboxClient client = new BlackboxClient(process, requests);
            client.awaitAnswer();
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer() {
        Awaitility.await("blackbox_exporter")
                .atMost(START)
                .ignoreException(ConnectException.class)
                .until(() -> http.send(requests.getFirst(), HttpResponse.BodyHandlers.ofString())
                                .statusCode()
                        == 200);
    }

    @Override
    public Counts pace(int perSecond) {
        Counts before = new Counts(done.get(), failed.get());
        if (pace != perSecond) {
            pace = perSecond;
            if (perSecond == 0) {
                for (int i = 0; i < UNDER_WAY; i++) {
                    begin();
                }
            } else {
                Thread.ofPlatform()
                        .daemon()
                        .name("pace")
                        .start(new Pace(perSecond, this::begin, () -> pace == perSecond));
            }
        }
        return before;
    }

    private void begin() {
        HttpRequest request = requests.get((int) (begun.getAndIncrement() % requests.size()));
        http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).whenComplete((answer, _) -> ended(answer));
    }

    private void ended(@Nullable HttpResponse<String> answer) {
        done.incrementAndGet();
        boolean good = answer != null && answer.body().contains("\nprobe_success 1\n");
        if (!good && failed.incrementAndGet() == 1 && pace >= 0) {
            System.err.println("the first of blackbox_exporter that failed: " + (answer == null ? "" : answer.body()));
        }
        if (pace == 0) {
            begin();
        }
    }

    @Override
    public long cpuNanos() {
        return CpuTime.nanos(process.pid());
    }

    @Override
    public void close() {
        pace = -1;
        http.shutdownNow();
        process.destroyForcibly().onExit().join();
    }
}
