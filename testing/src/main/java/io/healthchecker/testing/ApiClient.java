package io.healthchecker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The REST API as a script uses it. */
public final class ApiClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final String token;

    private ApiClient(String base, String token) {
        this.base = base;
        this.token = token;
    }

    /** Registers an account, if it does not exist yet, and logs it in. */
    public static ApiClient loggedIn(int port, String email) {
        ApiClient anonymous = new ApiClient("http://localhost:" + port, "");
        String account = "{\"email\":\"%s\",\"password\":\"password123\"}".formatted(email);
        anonymous.send("POST", "/api/v1/auth/register", account);
        Answer login = anonymous.send("POST", "/api/v1/auth/login", account);
        return new ApiClient(anonymous.base, login.body().path("token").asString());
    }

    /** The same account at another api-server. */
    public ApiClient at(int port) {
        return new ApiClient("http://localhost:" + port, token);
    }

    /** Somebody who sends another token; nobody where it is empty. */
    public ApiClient bearing(String other) {
        return new ApiClient(base, other);
    }

    /** An answer: its status and its JSON body, a missing node where there is none. */
    public record Answer(int status, JsonNode body) {}

    public String token() {
        return token;
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer post(String path, String body) {
        return send("POST", path, body);
    }

    public Answer put(String path, String body) {
        return send("PUT", path, body);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** Creates a service by the inherited short form, and returns its id. */
    public long create(String name, String url, int periodSeconds) {
        Answer answer = post(
                "/api/v1/services",
                "{\"name\":\"%s\",\"url\":\"%s\",\"check_interval\":%d}".formatted(name, url, periodSeconds));
        if (answer.status() != 201) {
            throw new IllegalStateException("POST /api/v1/services answered " + answer);
        }
        return answer.body().path("id").asLong();
    }

    /** The body of an answer that is not JSON. */
    public String text(String path) {
        return exchange("GET", path, null).body();
    }

    /** The same of an answer to POST. */
    public String text(String path, String body) {
        return exchange("POST", path, body).body();
    }

    /** Sends YAML. */
    public Answer postYaml(String path, String yaml) {
        return answer(exchange("POST", path, yaml, "application/yaml"));
    }

    private Answer send(String method, String path, @Nullable String body) {
        return answer(exchange(method, path, body));
    }

    /** Any method, with a body of any kind where there is one. */
    public Answer send(String method, String path, @Nullable String body, String mediaType) {
        return answer(exchange(method, path, body, mediaType));
    }

    private static Answer answer(HttpResponse<String> answer) {
        String text = answer.body();
        boolean json = text.startsWith("{") || text.startsWith("[");
        return new Answer(answer.statusCode(), json ? JSON.readTree(text) : JSON.missingNode());
    }

    private HttpResponse<String> exchange(String method, String path, @Nullable String body) {
        return exchange(method, path, body, "application/json");
    }

    private HttpResponse<String> exchange(String method, String path, @Nullable String body, String mediaType) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(90))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", mediaType);
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
