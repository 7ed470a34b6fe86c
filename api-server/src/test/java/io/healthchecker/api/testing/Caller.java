package io.healthchecker.api.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Somebody who calls the server, with headers that go with every request. */
public record Caller(String base, Map<String, String> headers) {
    static {
        // the server closes a connection whose request it refused unread; a request that meets that has not been seen
        System.setProperty("jdk.httpclient.enableAllMethodRetry", "true");
    }

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(60))
            .build();

    /** The same caller with one header more. */
    public Caller with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Caller(base, more);
    }

    public Caller bearing(String token) {
        return with("Authorization", "Bearer " + token);
    }

    public Answer get(String path) {
        return send("GET", path, new byte[0]);
    }

    public Answer delete(String path) {
        return send("DELETE", path, new byte[0]);
    }

    public Answer post(String path, String json) {
        return with("Content-Type", "application/json").send("POST", path, json.getBytes());
    }

    public Answer put(String path, String json) {
        return with("Content-Type", "application/json").send("PUT", path, json.getBytes());
    }

    public Answer patch(String path, String json) {
        return with("Content-Type", "application/merge-patch+json").send("PATCH", path, json.getBytes());
    }

    public Answer send(String method, String path, byte[] body) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(90))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        try {
            return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException("%s %s".formatted(method, path), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
