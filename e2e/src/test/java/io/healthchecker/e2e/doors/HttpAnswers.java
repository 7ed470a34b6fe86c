package io.healthchecker.e2e.doors;

import io.healthchecker.testing.StubServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** What an HTTP server answers that other monitors took for down, or for up, by the path that is asked for. */
final class HttpAnswers implements StubServer.Script {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final List<String> DIFFERENCES = List.of(
            "{\"difference\":3}",
            "{\"error\":\"x\"}",
            "{\"difference\":null}",
            "{\"difference\":\"3\"}",
            "{\"difference\":{\"v\":1}}",
            "[]",
            "<html>3</html>",
            "");

    @Override
    public void serve(StubServer.Connection connection) throws IOException {
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
