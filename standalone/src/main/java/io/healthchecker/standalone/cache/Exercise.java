package io.healthchecker.standalone.cache;

import io.healthchecker.standalone.once.Checked;
import io.healthchecker.standalone.once.Output;
import io.healthchecker.standalone.once.Wanted;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What a first user does, so that a training sees the code that it takes. No answer is judged. */
public final class Exercise {
    private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"");
    private static final String ACCOUNT = "{\"email\":\"training@example.com\",\"password\":\"password123\"}";
    private static final List<String> PAGES = List.of(
            "/api/v1/services",
            "/api/v1/services/1",
            "/api/v1/services/1/health-checks?page=1&limit=10",
            "/api/v1/services/1/transitions",
            "/api/v1/incidents",
            "/api/v1/system",
            "/actuator/prometheus");
    private static final long CHECKS_SECONDS = 4;

    private final String base;
    private final HttpClient http = HttpClient.newHttpClient();
    private String token = "";

    private Exercise(int port) {
        this.base = "http://localhost:" + port;
    }

    /** Does all of it against a whole product at a port of this machine. */
    public static void run(int port) throws IOException, InterruptedException {
        var exercise = new Exercise(port);
        String health = exercise.base + "/actuator/health/readiness";
        exercise.get("/actuator/health/readiness");
        exercise.post("/api/v1/auth/register", ACCOUNT);
        var login = TOKEN.matcher(exercise.post("/api/v1/auth/login", ACCOUNT));
        exercise.token = login.find() ? login.group(1) : "";
        exercise.post(
                "/api/v1/services", "{\"name\":\"training\",\"url\":\"%s\",\"check_interval\":1}".formatted(health));
        new CountDownLatch(1).await(CHECKS_SECONDS, TimeUnit.SECONDS); // some checks are made, stored and judged
        for (String page : PAGES) {
            exercise.get(page);
        }
        for (Output output : Output.values()) {
            output.print(Checked.all(Wanted.of(health)), new PrintWriter(Writer.nullWriter()));
        }
    }

    private void get(String path) throws IOException, InterruptedException {
        http.send(request(path).build(), BodyHandlers.discarding());
    }

    private String post(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        return answer.body();
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(base + path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }
}
