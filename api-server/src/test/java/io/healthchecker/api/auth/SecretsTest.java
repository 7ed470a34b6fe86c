package io.healthchecker.api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.api.testing.Caller;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A secret that was told once is never said again: not in answers, events, logs, metrics or errors. */
class SecretsTest {
    private static final String HEADER = "s3cret-of-a-header";
    private static final String PASSWORD = "s3cretOfAPerson";
    private static final String USER_INFO = "s3cret-of-an-address";

    private final Api api = Api.shared();
    private final List<Answer> answers = new ArrayList<>();

    @Test
    void noSecretComesBack() {
        var logged = new ListAppender<ILoggingEvent>();
        Logger root = (Logger) LoggerFactory.getLogger("io.healthchecker");
        Level before = root.getLevel();
        root.setLevel(Level.DEBUG);
        logged.start();
        root.addAppender(logged);
        try {
            tellThemAll();
        } finally {
            root.detachAppender(logged);
            root.setLevel(before);
        }

        List<String> said = new ArrayList<>();
        answers.forEach(
                answer -> said.add(answer.body() + answer.response().headers().map()));
        List<ILoggingEvent> events;
        synchronized (logged) { // others may still be at it
            events = List.copyOf(logged.list);
        }
        events.forEach(event -> said.add(event.getFormattedMessage()
                + (event.getThrowableProxy() == null
                        ? ""
                        : event.getThrowableProxy().getMessage())));
        said.add(api.anybody().get("/actuator/prometheus").body());
        for (String table :
                List.of("event", "transition", "incident", "idempotency", "service_state", "service_change")) {
            said.addAll(api.sql()
                    .sql("SELECT t::text FROM %s AS t".formatted(table))
                    .query(String.class)
                    .list());
        }
        assertThat(said)
                .hasSizeGreaterThan(20)
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain(HEADER)
                        .doesNotContain(PASSWORD)
                        .doesNotContain(USER_INFO)
                        .doesNotContain(Api.SECRET)
                        .doesNotContain("$argon2"));
    }

    private void tellThemAll() {
        Person person = api.somebody();
        Caller caller = person.caller();
        Answer created = keep(caller.with("Idempotency-Key", "secrets").post("/api/v1/services", service(HEADER)));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        String path = "/api/v1/services/" + created.json().get("id").asLong();
        keep(caller.get(path));
        keep(caller.get("/api/v1/services?q=" + HEADER));
        keep(caller.put(path, created.body()));
        keep(caller.patch(path, "{\"suspend\":true}"));
        keep(caller.patch(path, "{\"http\":{\"headers\":[{\"name\":\"A\",\"value\":\"%s\\n\"}]}}".formatted(HEADER)));
        keep(caller.patch(path, "{\"http\":{\"headers\":[{\"name\":\"A\",\"value\":[\"%s\"]}]}}".formatted(HEADER)));
        keep(caller.patch(path, "{\"http\":{\"headers\":[{\"value\":\"%s\"}]}}".formatted(HEADER)));
        keep(caller.post("/api/v1/services", service(HEADER)));
        keep(caller.post("/api/v1/services", "{\"name\":\"x\",\"url\":\"http://u:%s@a.test/\"}".formatted(USER_INFO)));
        keep(caller.post("/api/v1/services", "{\"name\":\"x\",\"url\":\"ftp://u:%s@a.test/\"}".formatted(USER_INFO)));
        keep(caller.post(
                "/api/v1/services", "{\"name\":\"x\",\"url\":[\"http://u:%s@a.test/\"]}".formatted(USER_INFO)));
        for (String body : List.of(
                "{\"email\":\"s@example.com\",\"password\":\"%s\"}".formatted(PASSWORD),
                "{\"email\":\"nonsense\",\"password\":\"%s\"}".formatted(PASSWORD),
                "{\"email\":\"s@example.com\",\"password\":[\"%s\"]}".formatted(PASSWORD),
                "{\"email\":\"s@example.com\",\"password\":{\"%s\":1}}".formatted(PASSWORD),
                "{\"email\":\"s@example.com\",\"password\":\"%s\"".formatted(PASSWORD),
                "{\"email\":\"s@example.com\",\"password\":\"%s\\u0000\"}".formatted(PASSWORD),
                "{\"email\":\"s@example.com\",\"password\":\"%s\",\"password\":\"%s\"}".formatted(PASSWORD, PASSWORD),
                "{\"email\":\"s@example.com\",\"password\":%s}".formatted(PASSWORD))) {
            keep(api.anybody().post("/api/v1/auth/register", body));
            keep(api.anybody().post("/api/v1/auth/login", body.replace("s@", "other@")));
        }
        keep(api.anybody().bearing(PASSWORD).get("/api/v1/teams"));
        keep(api.anybody().post("/api/v1/auth/refresh", "{\"refreshToken\":\"%s\"}".formatted(PASSWORD)));
        keep(caller.delete(path));
    }

    private Answer keep(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isLessThan(500);
        answers.add(answer);
        return answer;
    }

    private static String service(String secret) {
        return """
                {"name":"with a secret","http":{"url":"http://a.test/","headers":[
                  {"name":"Authorization","value":"Bearer %s"},{"name":"X-Api-Key","value":"%s"}]}}""".formatted(secret, secret);
    }
}
