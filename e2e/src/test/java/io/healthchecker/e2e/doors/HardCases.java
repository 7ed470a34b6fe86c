package io.healthchecker.e2e.doors;

import io.healthchecker.testing.StubServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** What other monitors got wrong, as definitions and the servers that they are about. */
public final class HardCases implements AutoCloseable {
    /** Hosts that whoever checks them must know, in the form of {@code /etc/hosts}. */
    public static final String HOSTS = "127.0.0.1 localhost\n127.0.0.1 xn--mnchen-3ya.test\n";

    private static final int PERIOD = 2;
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final List<String> DIFFERENCES = List.of(
            "{\"difference\":3}",
            "{\"error\":\"x\"}",
            "{\"difference\":null}",
            "{\"difference\":\"3\"}",
            "[]",
            "<html>3</html>",
            "");

    private final StubServer ipv4 = StubServer.start(HardCases::answer);
    private final StubServer ipv6 = StubServer.start(InetAddress.ofLiteral("::1"), HardCases::answer);
    private final List<Case> all = new ArrayList<>();

    /**
     * What is wanted and what must come of it.
     *
     * @param spec definition as JSON, without period and thresholds
     * @param says what the explanation contains
     */
    public record Case(String name, String spec, String outcome, String says) {
        /** All of the definition, as JSON. */
        public String definition() {
            return spec.replaceFirst("}$", ",\"periodSeconds\":%d,\"failureThreshold\":1}".formatted(PERIOD));
        }

        /** What its service is then. */
        public String state() {
            return outcome.equals("UP") ? "Up" : "Down";
        }

        String document() {
            return """
                    apiVersion: healthchecker.io/v1alpha1
                    kind: HealthCheckService
                    metadata: {name: %s}
                    spec: %s
                    """.formatted(name, definition());
        }

        String body() {
            return "{\"name\":\"%s by rest\",%s".formatted(name, definition().substring(1));
        }
    }

    /** Starts the servers. */
    public HardCases() {
        add("redirect-itself", http("/a", "\"maxRedirects\":0,\"expectedStatus\":[\"301\"]"), "UP", "");
        add("redirect-followed", http("/a", "\"expectedStatus\":[\"301\"]"), "DOWN", "200) is not in 301");
        add("not-found-wanted", http("/none", "\"expectedStatus\":[\"404\"]"), "UP", "");
        add("redirect-target", http("/a", "\"expectedStatus\":[\"200-299\"]"), "UP", "");
        add("cookie-gate", http("/gate", ""), "UP", "");
        add("long-headers", http("/long", ""), "UP", "");
        add("endless-headers", http("/endless", ""), "DOWN", "header");
        add("lines-ended-by-lf", http("/lf", ""), "UP", "");
        add("blanks-behind-a-value", http("/blanks", ""), "UP", "");
        add("no-reason-phrase", http("/bare", ""), "UP", "");
        add("early-hints", http("/hints", ""), "UP", "");
        add("split-keyword", http("/chunks", "\"bodyContains\":\"footerContent\""), "UP", "");
        add("split-keyword-absent", http("/chunks", "\"bodyContains\":\"footerContents\""), "DOWN", "footerContents");
        add("unasked-gzip", http("/gzip", "\"bodyContains\":\"healthy\""), "UP", "");
        add("unasked-gzip-absent", http("/gzip", "\"bodyContains\":\"footerContents\""), "DOWN", "footerContents");
        add("ipv6-url", url("http://[::1]:%d/six".formatted(ipv6.port())), "UP", "");
        add("ipv6-url-in-full", url("http://[0:0:0:0:0:0:0:1]:%d/six".formatted(ipv6.port())), "UP", "");
        add("ipv6-host", tcp("::1", ipv6.port()), "UP", "");
        add("ipv6-host-in-brackets", tcp("[::1]", ipv6.port()), "UP", "");
        add("umlaut", url("http://münchen.test:%d/umlaut".formatted(ipv4.port())), "UP", "");
        add("umlaut-host", tcp("MÜNCHEN.test", ipv4.port()), "UP", "");
        add("capitals", url("HTTP://LOCALHOST:%d/Health?A=b".formatted(ipv4.port())), "UP", "");
        difference(0, "UP", "");
        difference(1, "DOWN", "field absent");
        difference(2, "DOWN", "null is not a number");
        difference(3, "DOWN", "is not a number");
        difference(4, "DOWN", "field absent");
        difference(5, "DOWN", "not JSON");
        difference(6, "DOWN", "not JSON");
    }

    /** Each of them. */
    public List<Case> all() {
        return all;
    }

    Case named(String name) {
        return all.stream().filter(each -> each.name.equals(name)).findFirst().orElseThrow();
    }

    StubServer ipv4() {
        return ipv4;
    }

    StubServer ipv6() {
        return ipv6;
    }

    @Override
    public void close() {
        ipv4.close();
        ipv6.close();
    }

    private void add(String name, String spec, String outcome, String says) {
        all.add(new Case(name, spec, outcome, says));
    }

    private void difference(int body, String outcome, String says) {
        String spec = http("/difference/" + body, "")
                .replaceFirst("}$", ",\"assertions\":[{\"expression\":\"json.difference < 5\"}]}");
        add("difference-" + body, spec, outcome, says);
    }

    private String http(String path, String more) {
        return "{\"http\":{\"url\":\"%s\"%s}}".formatted(ipv4.url(path), more.isEmpty() ? "" : "," + more);
    }

    private static String url(String url) {
        return "{\"http\":{\"url\":\"%s\"}}".formatted(url);
    }

    private static String tcp(String host, int port) {
        return "{\"tcp\":{\"host\":\"%s\",\"port\":%d}}".formatted(host, port);
    }

    private static void answer(StubServer.Connection connection) throws IOException {
        String request = connection.request();
        String path = Stream.of(request.split("[ ?]", 3)).skip(1).findFirst().orElse("/");
        switch (path) {
            case "/a" -> connection.send("HTTP/1.1 301 Moved\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n");
            case "/none" -> connection.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
            case "/gate" ->
                connection.send(
                        request.contains("\r\nCookie: seen=1\r\n")
                                ? OK
                                : "HTTP/1.1 302 Found\r\nSet-Cookie: seen=1; Path=/\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
                                        .formatted(request.split(" ", 3)[1]));
            case "/long" ->
                connection.send(headers("Content-Security-Policy: %s\r\n".formatted("a".repeat(12_000)), 40));
            case "/endless" -> connection.send(headers("", 7_000));
            case "/lf" -> connection.send("HTTP/1.1 200 OK\nContent-Length: 2\nX-A: b \n\nok");
            case "/blanks" -> connection.send("HTTP/1.1 200 OK\r\nX-A: b \t \r\nContent-Length: 2\r\n\r\nok");
            case "/bare" -> connection.send("HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok");
            case "/hints" -> connection.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" + OK);
            case "/gzip" -> {
                byte[] body = zipped("{\"status\":\"healthy\"}");
                connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
                        .formatted(body.length));
                connection.send(body);
            }
            case "/chunks" -> {
                connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n");
                connection.pause(50);
                connection.send("8;e=1\r\nfooterCo\r\n");
                connection.pause(50);
                connection.send("A\r\nntent ok!!\r\n");
                connection.pause(50);
                connection.send("0\r\nX-Sum: 1\r\n\r\n");
            }
            default -> connection.send(path.startsWith("/difference/") ? difference(path) : OK);
        }
    }

    private static String headers(String first, int cookies) {
        return "HTTP/1.1 200 OK\r\n%s%sContent-Length: 2\r\n\r\nok"
                .formatted(
                        first,
                        "Set-Cookie: c=%s; Path=/\r\n"
                                .formatted("x".repeat(280))
                                .repeat(cookies));
    }

    private static String difference(String path) {
        String body = DIFFERENCES.get(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body);
    }

    private static byte[] zipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
