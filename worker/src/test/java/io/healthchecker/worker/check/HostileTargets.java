package io.healthchecker.worker.check;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.service.DefinitionJson;
import io.healthchecker.crds.Definition;
import io.healthchecker.testing.FreePort;
import io.healthchecker.testing.StubServer;
import io.healthchecker.testing.StubServer.Script;
import io.healthchecker.testing.TestAuthority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;

/** Servers that want to keep us busy, waiting, or full, and what a check of each must say. */
final class HostileTargets implements AutoCloseable {
    static final TestAuthority AUTHORITY = new TestAuthority();
    static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final int REMOTE = 2; // columns of /proc/net/tcp
    private static final int INODE = 9;

    // 100 000 000 zeros
    private static final byte[] BROTLI_BOMB = Base64.getDecoder()
            .decode(
                    "y///PwAkAOKxQHLv//j//weABEAcFoDu/R////8AkACIwwLQvf/j//8fABIAcVgAuvd//P//A0ACIA4LQPf+j///fwBIAMRhAeje"
                            + "//H//w8ACYA4LADd+z/+//8BIAEQhwWge//H//8/ACQA4rAAdO//+P//B4AEQBwWgO79H////wCQAIjDAtC9/8t/8DoAEgBxWAC62HU=");

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
        check(name, reason, check.timeoutSeconds(timeoutSeconds(reason)).definition());
    }

    /** Two where the time is to be up; else more than a busy machine takes. */
    private static int timeoutSeconds(Reason reason) {
        return reason.name().startsWith("TIMEOUT_") ? 2 : Wanted.PATIENT;
    }

    private void check(String name, Reason reason, Definition check) {
        expected.put(name, reason);
        wanted.put(name, check);
    }

    /** What breaks off in each phase of each kind that has connections; a row is reason, probe, and what the server does. */
    void kinds() {
        SSLContext tls = AUTHORITY.server("127.0.0.1");
        Table.lines("hostile-table.txt").forEach(row -> {
            String[] cells = row.split(" +\\| +");
            StubServer stub = StubServer.start(
                    cells[2].equals("opened reset")
                            ? HostileTargets::openAndReset
                            : new io.healthchecker.testing.Script(cells[2], tls));
            open.add(stub);
            ports.add(stub.port());
            String probe = cells[1].replace("PORT", "" + stub.port()).replace("HERE", "\"host\":\"127.0.0.1\"");
            check(row, Reason.valueOf(cells[0]), DefinitionJson.read("""
                    {%s, "periodSeconds": 120, "timeoutSeconds": %d}
                    """.formatted(
                            probe, timeoutSeconds(Reason.valueOf(cells[0])))));
        });
    }

    /** Opens a WebSocket, and cuts it while a message is waited for. */
    private static void openAndReset(StubServer.Connection connection) throws IOException {
        connection.send(WebsocketTest.opening(connection.request(), ""));
        connection.pause(50);
        connection.reset();
    }

    /** Answers over HTTP that drip, never end, or blow up. */
    void answers() throws IOException {
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

    /** Connections over HTTP that are cut. */
    void resets() {
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
    void stalls() throws IOException {
        StubServer tls = StubServer.encrypted(AUTHORITY.server("127.0.0.1"), connection -> {
            connection.request();
            connection.hang();
        });
        open.add(tls);
        int records = TlsRecords.count(tls.port());
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
                    TlsRecords.half(tls.port(), whole));
        }
        encrypted("TLS records of nothing", Reason.TLS_FAILED, connection -> {
            while (true) {
                connection.send(new byte[] {22, 3, 3, 0, 1, 2});
                connection.pause(20);
            }
        });
    }

    /** Names whose name server is hostile. */
    void names() {
        int closed = FreePort.next();
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

    /** A check of each, by its name. */
    Map<String, Definition> wanted() {
        return wanted;
    }

    Reason expected(String name) {
        return Objects.requireNonNull(expected.get(name));
    }

    /** Those that somebody here still holds, seen from our end: others in this JVM have sockets of their own. */
    long connections() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/net/tcp")).stream()
                .skip(1)
                .map(line -> line.strip().split("\\s+"))
                .filter(field -> !field[INODE].equals("0"))
                .filter(field -> ports.contains(
                        HexFormat.fromHexDigits(field[REMOTE].substring(field[REMOTE].indexOf(':') + 1))))
                .count();
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }
}
