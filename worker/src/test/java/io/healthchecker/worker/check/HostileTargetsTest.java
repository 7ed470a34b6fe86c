package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.service.DefinitionJson;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.testing.StubServer;
import io.healthchecker.testing.StubServer.Script;
import io.healthchecker.testing.TestAuthority;
import io.healthchecker.worker.check.MemoryWatch.Peak;
import io.healthchecker.worker.dial.NamesOf;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Targets that want to keep us busy, waiting, or full, all at once: each check ends within its two seconds, by the reason that
 * it should, and nothing of it is left.
 */
@EnabledOnOs(OS.LINUX) // /proc tells what is left
class HostileTargetsTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final int TIMES = 4; // each of them
    private static final int REMOTE = 2; // columns of /proc/net/tcp
    private static final int INODE = 9;

    // 100 000 000 zeros
    private static final byte[] BROTLI_BOMB = Base64.getDecoder()
            .decode(
                    "y///PwAkAOKxQHLv//j//weABEAcFoDu/R////8AkACIwwLQvf/j//8fABIAcVgAuvd//P//A0ACIA4LQPf+j///fwBIAMRhAeje"
                            + "//H//w8ACYA4LADd+z/+//8BIAEQhwWge//H//8/ACQA4rAAdO//+P//B4AEQBwWgO79H////wCQAIjDAtC9/8t/8DoAEgBxWAC62HU=");

    private static final String KINDS = """
            CONNECTION_RESET | "tcp": {HERE, "port": PORT, "steps": [{"expect": "^220"}]} | 50ms reset
            CONNECTION_RESET | "tcp": {HERE, "port": PORT, "steps": [{"expect": "^220"}]} | "22" 50ms reset
            CONNECTION_RESET | "tcp": {HERE, "port": PORT, "steps": [{"send": "PING\\r\\n"}, {"expect": "PONG"}]} | < 50ms reset
            TIMEOUT_RESPONSE | "tcp": {HERE, "port": PORT, "steps": [{"expect": "^220"}]} | hang
            CONNECTION_RESET | "tcp": {HERE, "port": PORT, "tls": true} | <5 50ms reset
            CONNECTION_RESET | "tcp": {HERE, "port": PORT, "startTls": "SMTP"} | 50ms reset
            CONNECTION_RESET | "tcp": {HERE, "port": PORT, "startTls": "SMTP"} | "220 a\\r\\n" < "250 STARTTLS\\r\\n" < 50ms reset
            CONNECTION_RESET | "tcp": {HERE, "port": PORT, "startTls": "SMTP"} | "220 a\\r\\n" < "250 STARTTLS\\r\\n" < "220 go\\r\\n" <5 50ms reset
            TIMEOUT_TLS | "tcp": {HERE, "port": PORT, "startTls": "SMTP"} | "220 a\\r\\n" < "250 STARTTLS\\r\\n" < "220 go\\r\\n" hang
            CONNECTION_RESET | "tls": {HERE, "port": PORT} | <5 50ms reset
            TIMEOUT_TLS | "tls": {HERE, "port": PORT} | <5 hang
            CONNECTION_RESET | "dns": {"name": "a.test", "server": "127.0.0.1", "port": PORT, "transport": "TCP"} | <2 50ms reset
            CONNECTION_RESET | "dns": {"name": "a.test", "server": "127.0.0.1", "port": PORT, "transport": "TCP"} | <2 "\\x00\\x20\\x00" 50ms reset
            TIMEOUT_TRANSFER | "dns": {"name": "a.test", "server": "127.0.0.1", "port": PORT, "transport": "TCP"} | <2 "\\x00\\x20\\x00" hang
            CONNECTION_RESET | "dns": {"name": "a.test", "server": "127.0.0.1", "port": PORT, "transport": "TLS"} | <5 50ms reset
            CONNECTION_CLOSED | "dns": {"name": "a.test", "server": "127.0.0.1", "port": PORT, "transport": "TLS"} | tls <2 50ms
            CONNECTION_CLOSED | "dns": {"name": "a.test", "server": "127.0.0.1", "port": PORT, "transport": "HTTPS"} | tls < 50ms
            CONNECTION_CLOSED | "dns": {"name": "a.test", "server": "127.0.0.1", "port": PORT, "transport": "HTTPS"} | tls < "HTTP/1.1 200 OK\\r\\n" 50ms
            CONNECTION_RESET | "grpc": {HERE, "port": PORT} | <24 50ms reset
            CONNECTION_RESET | "grpc": {HERE, "port": PORT} | <24 "\\x00\\x00\\x00\\x04\\x00\\x00\\x00\\x00\\x00" 50ms reset
            TIMEOUT_RESPONSE | "grpc": {HERE, "port": PORT} | <24 "\\x00\\x00\\x00\\x04\\x00\\x00\\x00\\x00\\x00" hang
            CONNECTION_RESET | "grpc": {HERE, "port": PORT, "tls": true} | <5 50ms reset
            CONNECTION_RESET | "websocket": {"url": "ws://127.0.0.1:PORT/"} | < 50ms reset
            CONNECTION_RESET | "websocket": {"url": "ws://127.0.0.1:PORT/"} | < "HTTP/1.1 101 Sw" 50ms reset
            TIMEOUT_TRANSFER | "websocket": {"url": "ws://127.0.0.1:PORT/"} | < "HTTP/1.1 101 Sw" hang
            CONNECTION_RESET | "websocket": {"url": "ws://127.0.0.1:PORT/", "messageContains": "a"} | opened reset
            CONNECTION_RESET | "websocket": {"url": "wss://127.0.0.1:PORT/"} | <5 50ms reset""";

    private final Map<String, Reason> expected = new LinkedHashMap<>();
    private final Map<String, Definition> wanted = new LinkedHashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Set<Integer> ports = new HashSet<>(); // of the targets

    private void target(String name, Reason reason, Script script) {
        StubServer stub = StubServer.start(script);
        open.add(stub);
        ports.add(stub.port());
        check(name, reason, Wanted.http(stub.url("/")).contains("b"));
    }

    private void encrypted(String name, Reason reason, Script script) {
        StubServer stub = StubServer.start(script);
        open.add(stub);
        ports.add(stub.port());
        check(name, reason, Wanted.http("https://127.0.0.1:%d/".formatted(stub.port())));
    }

    private void check(String name, Reason reason, Wanted check) {
        check(name, reason, check.timeoutSeconds(2).definition());
    }

    private void check(String name, Reason reason, Definition check) {
        expected.put(name, reason);
        wanted.put(name, check);
    }

    /** What breaks off in each phase of each kind that has connections; a row is reason, probe, and what the server does. */
    private void kinds() {
        SSLContext tls = AUTHORITY.server("127.0.0.1");
        KINDS.lines().forEach(row -> {
            String[] cells = row.split(" +\\| +");
            StubServer stub = StubServer.start(
                    cells[2].equals("opened reset")
                            ? HostileTargetsTest::openAndReset
                            : new io.healthchecker.testing.Script(cells[2], tls));
            open.add(stub);
            ports.add(stub.port());
            String probe = cells[1].replace("PORT", "" + stub.port()).replace("HERE", "\"host\":\"127.0.0.1\"");
            check(row, Reason.valueOf(cells[0]), DefinitionJson.read("""
                    {%s, "periodSeconds": 10, "timeoutSeconds": 2}
                    """.formatted(probe)));
        });
    }

    /** Opens a WebSocket, and cuts it while a message is waited for. */
    private static void openAndReset(StubServer.Connection connection) throws IOException {
        connection.send(WebsocketTest.opening(connection.request(), ""));
        connection.pause(50);
        connection.reset();
    }

    private void answers() throws IOException {
        byte[] gzip = gzipBomb();
        String block = "a".repeat(65_536);
        target("headers that drip", Reason.TIMEOUT_TRANSFER, connection -> {
            connection.request();
            connection.send(OK);
            drip(connection, "X: a\r\n");
        });
        target("a first line that drips", Reason.TIMEOUT_TRANSFER, connection -> {
            connection.request();
            drip(connection, "HTTP/1.1 200 " + "OK".repeat(1_000));
        });
        target("a body that drips", Reason.TIMEOUT_TRANSFER, connection -> {
            connection.request();
            connection.send(OK + "\r\n");
            drip(connection, "a");
        });
        target("10 GB of body", Reason.ASSERTION_FAILED, connection -> {
            connection.request();
            connection.send(OK + "Content-Length: 10737418240\r\n\r\n");
            while (true) {
                connection.send(block);
            }
        });
        target("a chunk of 10 GB", Reason.PROTOCOL_ERROR, connection -> {
            connection.request();
            connection.send(OK + "Transfer-Encoding: chunked\r\n\r\n280000000\r\n");
            connection.hang();
        });
        target("a bomb of gzip", Reason.ASSERTION_FAILED, connection -> {
            connection.request();
            connection.send(OK + "Content-Encoding: gzip\r\n\r\n");
            connection.send(gzip);
        });
        target("a bomb of brotli", Reason.ASSERTION_FAILED, connection -> {
            connection.request();
            connection.send(OK + "Content-Encoding: br\r\nContent-Length: %d\r\n\r\n".formatted(BROTLI_BOMB.length));
            connection.send(BROTLI_BOMB);
        });
        target("brotli without an end", Reason.ASSERTION_FAILED, connection -> {
            connection.request();
            connection.send(OK + "Content-Encoding: br\r\n\r\n");
            while (true) {
                connection.send(block);
            }
        });
        target("a flood of headers", Reason.HEADERS_TOO_LARGE, connection -> {
            connection.request();
            connection.send(OK);
            while (true) {
                connection.send("X-Flood: 1\r\n".repeat(1_000));
            }
        });
        target("a header without an end", Reason.HEADERS_TOO_LARGE, connection -> {
            connection.request();
            connection.send(OK + "X: ");
            while (true) {
                connection.send(block);
            }
        });
        target("text that is not UTF-8", Reason.ASSERTION_FAILED, connection -> {
            connection.request();
            connection.send(OK + "X-\u00ff: \u00c3(\r\n\r\n\u00c3(\u00ff\u0000");
        });
        target("1000 redirects", Reason.TOO_MANY_REDIRECTS, connection -> {
            connection.request();
            connection.send("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n");
        });
        for (String place : List.of("169.254.169.254", "[::ffff:169.254.169.254]", "2852039166")) {
            target("a redirect to " + place, Reason.EGRESS_DENIED, connection -> {
                connection.request();
                connection.send("HTTP/1.1 302 Found\r\nLocation: http://%s/\r\n\r\n".formatted(place));
            });
        }
    }

    private static void drip(StubServer.Connection connection, String drop) throws IOException {
        while (true) {
            connection.send(drop);
            connection.pause(20);
        }
    }

    private void resets() {
        target("a reset before the request", Reason.CONNECTION_RESET, connection -> {
            connection.request();
            connection.reset();
        });
        target("a reset in the headers", Reason.CONNECTION_RESET, connection -> {
            connection.request();
            connection.send(OK + "X: ");
            connection.pause(50);
            connection.reset();
        });
        target("a reset in the body", Reason.CONNECTION_RESET, connection -> {
            connection.request();
            connection.send(OK + "Content-Length: 10\r\n\r\nabc");
            connection.pause(50);
            connection.reset();
        });
        encrypted("a reset in the handshake", Reason.CONNECTION_RESET, connection -> {
            connection.pause(50);
            connection.reset();
        });
    }

    /** A server that speaks TLS, as far as so many of its bytes. */
    private void stalls() throws IOException {
        StubServer tls = StubServer.encrypted(AUTHORITY.server("127.0.0.1"), connection -> {
            connection.request();
            connection.hang();
        });
        open.add(tls);
        int records = records(tls.port());
        for (int whole = 0; whole < records; whole++) {
            for (String end : List.of("stall", "reset")) {
                Reason reason = end.equals("stall") ? Reason.TIMEOUT_TLS : Reason.CONNECTION_RESET;
                encrypted(
                        "TLS, %s after %d messages".formatted(end, whole),
                        reason,
                        new BrokenTls(tls.port(), whole, end));
            }
            encrypted(
                    "TLS, stall in the middle of message %d".formatted(whole + 1),
                    Reason.TIMEOUT_TLS,
                    half(tls, whole));
        }
        encrypted("TLS records of nothing", Reason.TLS_FAILED, connection -> {
            while (true) {
                connection.send(new byte[] {22, 3, 3, 0, 1, 2});
                connection.pause(20);
            }
        });
    }

    /** How many records a server sends until it waits for its client. */
    private static int records(int port) throws IOException {
        AtomicInteger records = new AtomicInteger();
        try (var between = StubServer.start(connection -> {
                    try (Socket behind = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
                        behind.setSoTimeout(500);
                        behind.getOutputStream().write(connection.some());
                        var in = new DataInputStream(behind.getInputStream());
                        while (true) {
                            record(in);
                            records.incrementAndGet();
                        }
                    } catch (SocketTimeoutException waits) {
                        // for its client
                    }
                });
                var probers = TestProbers.standalone()) {
            probers.check(Wanted.http("https://127.0.0.1:%d/".formatted(between.port()))
                    .timeoutSeconds(1));
        }
        assertThat(records.get()).isGreaterThanOrEqualTo(3);
        return records.get();
    }

    private static byte[] record(DataInputStream in) throws IOException {
        byte[] head = in.readNBytes(5);
        if (head.length < 5) {
            throw new SocketTimeoutException("closed");
        }
        byte[] body = in.readNBytes((head[3] & 0xff) << 8 | (head[4] & 0xff));
        return ByteBuffer.allocate(5 + body.length).put(head).put(body).array();
    }

    private static Script half(StubServer tls, int whole) {
        return connection -> {
            try (Socket behind = new Socket(InetAddress.ofLiteral("127.0.0.1"), tls.port())) {
                behind.getOutputStream().write(connection.some());
                var in = new DataInputStream(behind.getInputStream());
                for (int i = 0; i < whole; i++) {
                    connection.send(record(in));
                }
                byte[] last = record(in);
                connection.send(Arrays.copyOf(last, last.length / 2));
                connection.hang();
            }
        };
    }

    private void names(int closed) {
        check("aliases of each other", Reason.DNS_NO_DATA, Wanted.http("http://loop.test/"));
        check("512 addresses", Reason.CONNECT_REFUSED, Wanted.http("http://many.test:%d/".formatted(closed)));
        check("an answer that is none", Reason.DNS_NO_DATA, Wanted.http("http://garbage.test/"));
    }

    private static byte[] gzipBomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            byte[] zeros = new byte[1_000_000];
            for (int i = 0; i < 100; i++) {
                gzip.write(zeros);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void endInTimeByTheirReasonsAndLeaveNothing(@TempDir Path folder) throws Exception {
        answers();
        resets();
        endInTime(folder);
    }

    @Test
    void ofEveryKindEndInTimeByTheirReasonsAndLeaveNothing(@TempDir Path folder) throws Exception {
        stalls();
        kinds();
        endInTime(folder);
    }

    private void endInTime(Path folder) throws Exception {
        ProbeSettings standard = TestProbers.settings(EgressPreset.STANDALONE);
        ProbeSettings settings = new ProbeSettings(2, standard.handshakes(), AUTHORITY.pem(folder), standard.egress());
        try (var server = HostileNameServer.start();
                var probers = TestProbers.with(settings, NamesOf.server(server.address()), Ticker.system())) {
            names(closedPort());
            warmUp(probers);
            long heapBefore = liveHeap();
            Map<String, List<CheckResult>> results;
            Peak peak;
            try (var memory = MemoryWatch.start()) {
                results = checkAll(probers);
                peak = memory.peak();
            }
            results.forEach((name, all) -> assertThat(all).as(name).allSatisfy(result -> {
                assertThat(result.reason()).as("%s", result).isEqualTo(expected.get(name));
                assertThat(result.outcome()).isEqualTo(Outcome.DOWN);
                assertThat(result.latencyMicros()).isLessThan(4_000_000);
            }));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(connectionsToTargets()).isZero());
            long grown = liveHeap() - heapBefore;
            System.out.printf(
                    "%d checks of %d hostile targets at once: live heap %+d kB while they ran, %+d kB behind them; direct"
                            + " memory of Netty %d kB at most; connections left %d%n",
                    TIMES * wanted.size(),
                    wanted.size(),
                    (peak.liveHeap() - heapBefore) / 1_024,
                    grown / 1_024,
                    peak.direct() / 1_024,
                    connectionsToTargets());
            assertThat(grown).isLessThan(64_000_000);
            assertThat(peak.liveHeap() - heapBefore)
                    .as("live heap in the middle")
                    .isLessThan(192_000_000);
            assertThat(peak.direct()).as("direct memory").isLessThan(128_000_000);
        } finally {
            for (AutoCloseable one : open) {
                one.close();
            }
        }
    }

    /** A name leads elsewhere when it is looked up for the second time: each look-up is judged by itself. */
    @Test
    void aNameThatChangesBetweenLookUpsLeadsNowhereItMayNot() throws Exception {
        try (var server = HostileNameServer.start();
                var probers = TestProbers.with(
                        TestProbers.settings(EgressPreset.STANDALONE),
                        NamesOf.server(server.address()),
                        Ticker.system());
                var stub = StubServer.start(connection -> {
                    connection.request();
                    connection.send("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n");
                })) {
            CheckResult seen = probers.check(Wanted.http("http://changing.test:%d/".formatted(stub.port())));
            assertThat(seen.reason()).as("%s", seen).isEqualTo(Reason.EGRESS_DENIED);
            assertThat(seen.detail()).contains("169.254.169.254");
            assertThat(stub.requests()).hasSize(1);
        }
    }

    private Map<String, List<CheckResult>> checkAll(TestProbers probers) {
        Map<String, List<CompletableFuture<CheckResult>>> running = new LinkedHashMap<>();
        for (int i = 0; i < TIMES; i++) {
            wanted.forEach((name, check) -> running.computeIfAbsent(name, _ -> new ArrayList<>())
                    .add(probers.probers().probe(check).toCompletableFuture()));
        }
        Map<String, List<CheckResult>> results = new LinkedHashMap<>();
        running.forEach((name, all) ->
                results.put(name, all.stream().map(CompletableFuture::join).toList()));
        return results;
    }

    // classes, buffers of threads, the sockets of the resolvers
    private void warmUp(TestProbers probers) {
        Script script = connection -> {
            connection.request();
            connection.send(OK + "\r\nb");
        };
        try (var stub = StubServer.start(script);
                var tls = StubServer.encrypted(AUTHORITY.server("127.0.0.1"), script)) {
            // one after the other on both lanes, each of which has a resolver of its own
            for (int i = 0; i < 4; i++) {
                probers.check(Wanted.http("http://warm.test:%d/".formatted(stub.port())));
            }
            for (int i = 0; i < 4; i++) {
                probers.check(Wanted.http("https://127.0.0.1:%d/".formatted(tls.port())));
            }
        }
    }

    private static int closedPort() {
        try (var stub = StubServer.start(connection -> {})) {
            return stub.port();
        }
    }

    // those that somebody here still holds, seen from our end: others in this JVM have sockets of their own
    private long connectionsToTargets() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/net/tcp")).stream()
                .skip(1)
                .map(line -> line.strip().split("\\s+"))
                .filter(field -> !field[INODE].equals("0"))
                .filter(field -> ports.contains(
                        HexFormat.fromHexDigits(field[REMOTE].substring(field[REMOTE].indexOf(':') + 1))))
                .count();
    }

    private static long liveHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
