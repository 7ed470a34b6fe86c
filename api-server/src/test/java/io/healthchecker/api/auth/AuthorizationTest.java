package io.healthchecker.api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.api.testing.Caller;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Who may call what. A route without a row here fails, and so does a row without a route. */
class AuthorizationTest {
    /** Route, what it asks for, and a body that it would accept. */
    private static final String ROUTES = """
            POST   /api/v1/auth/register                     | OPEN      |
            POST   /api/v1/auth/login                        | OPEN      |
            POST   /api/v1/auth/refresh                      | OPEN      |
            POST   /api/v1/auth/logout                       | SIGNED_IN |
            POST   /api/v1/ws-tickets                        | VIEWER    |
            GET    /api/v1/teams                             | SIGNED_IN |
            GET    /api/v1/teams/{teamId}/members            | VIEWER    |
            POST   /api/v1/teams/{teamId}/members            | ADMIN     | {"email":"nobody@example.com","role":"viewer"}
            PUT    /api/v1/teams/{teamId}/members/{accountId} | ADMIN    | {"role":"viewer"}
            DELETE /api/v1/teams/{teamId}/members/{accountId} | ADMIN    |
            GET    /api/v1/teams/{teamId}/egress-policy      | VIEWER    |
            PUT    /api/v1/teams/{teamId}/egress-policy      | ADMIN     | {}
            GET    /api/v1/teams/{teamId}/invitations        | ADMIN     |
            POST   /api/v1/teams/{teamId}/invitations        | ADMIN     | {"role":"viewer"}
            DELETE /api/v1/teams/{teamId}/invitations/{invitationId} | ADMIN |
            POST   /api/v1/invitations:accept                | SIGNED_IN | {"invite":"x"}
            GET    /api/v1/tokens                            | VIEWER    |
            POST   /api/v1/tokens                            | VIEWER    | {"name":"x"}
            DELETE /api/v1/tokens/{id}                       | VIEWER    |
            GET    /api/v1/audit                             | ADMIN     |
            GET    /api/v1/audit/export                      | ADMIN     |
            GET    /api/v1/services                          | VIEWER    |
            GET    /api/v1/services/index                    | VIEWER    |
            GET    /api/v1/services/facets                   | VIEWER    |
            GET    /api/v1/services/bars                     | VIEWER    |
            POST   /api/v1/services                          | EDITOR    | {"name":"x","url":"nonsense"}
            GET    /api/v1/services/{id}                     | VIEWER    |
            PUT    /api/v1/services/{id}                     | EDITOR    | {"name":"mine","url":"http://a.test/"}
            PATCH  /api/v1/services/{id}                     | EDITOR    | {"name":"mine"}
            DELETE /api/v1/services/{id}                     | EDITOR    |
            POST   /api/v1/services/{id}/adopt               | EDITOR    |
            GET    /api/v1/services/{id}/manifest            | VIEWER    |
            POST   /api/v1/services/{id}:check               | EDITOR    |
            POST   /api/v1/services:bulk                     | EDITOR    | {"filter":"","expectedCount":0,"remove":true}
            GET    /api/v1/bulk-jobs/{id}                    | VIEWER    |
            POST   /api/v1/services:render                   | VIEWER    | {}
            POST   /api/v1/services:parse                    | VIEWER    | {}
            POST   /api/v1/services:test                     | EDITOR    | {"url":"nonsense"}
            GET    /api/v1/services/{id}/health-checks       | VIEWER    |
            GET    /api/v1/services/{id}/results/{slot}~{location} | VIEWER |
            GET    /api/v1/services/{id}/transitions         | VIEWER    |
            GET    /api/v1/services/{id}/gaps                | VIEWER    |
            GET    /api/v1/services/{id}/uptime              | VIEWER    |
            GET    /api/v1/services/{id}/uptimes             | VIEWER    |
            GET    /api/v1/services/{id}/series              | VIEWER    |
            GET    /api/v1/services/{id}/incidents           | VIEWER    |
            GET    /api/v1/incidents                         | VIEWER    |
            GET    /api/v1/incidents/{id}                    | VIEWER    |
            GET    /api/v1/services/{id}/heartbeat           | VIEWER    |
            GET    /api/v1/services/{id}/heartbeat/address   | EDITOR    |
            POST   /api/v1/services/{id}/heartbeat/address   | EDITOR    |
            GET    /api/v1/heartbeats/{token}                | OPEN      |
            POST   /api/v1/heartbeats/{token}                | OPEN      |
            GET    /api/v1/heartbeats/{token}/{signal}       | OPEN      |
            POST   /api/v1/heartbeats/{token}/{signal}       | OPEN      |
            POST   /api/v1/incidents/{id}/acknowledge        | EDITOR    | {}
            DELETE /api/v1/incidents/{id}/acknowledge        | EDITOR    |
            GET    /api/v1/incidents/{id}/notes              | VIEWER    |
            POST   /api/v1/incidents/{id}/notes              | EDITOR    | {"text":"x"}
            GET    /api/v1/incidents/{id}/timeline           | VIEWER    |
            GET    /api/v1/incidents/{id}/evidence           | VIEWER    |
            GET    /api/v1/status-pages                      | VIEWER    |
            POST   /api/v1/status-pages                      | EDITOR    | {"slug":"mine","title":"x"}
            GET    /api/v1/status-pages/{id}                 | VIEWER    |
            PUT    /api/v1/status-pages/{id}                 | EDITOR    | {"slug":"mine","title":"x"}
            DELETE /api/v1/status-pages/{id}                 | EDITOR    |
            POST   /api/v1/status-pages/{id}/link            | EDITOR    |
            GET    /api/v1/views                             | VIEWER    |
            POST   /api/v1/views                             | VIEWER    | {"name":"x"}
            DELETE /api/v1/views/{id}                        | VIEWER    |
            GET    /api/badge/{id}/{kind}                    | OPEN      |
            GET    /api/badge/{id}/{kind}/{range}            | OPEN      |
            GET    /api/v1/endpoints/{key}/health/badge.{ending} | OPEN  |
            GET    /api/v1/endpoints/{key}/{kind}/{range}/badge.svg | OPEN |
            GET    /api/v1/kubernetes/{cluster}/{namespace}/{name} | VIEWER |
            GET    /api/v1/system                            | TOKEN     |
            GET    /api/v1/system/history                    | TOKEN     |
            """;

    private final Api api = Api.shared();

    private record Row(String method, String path, Access access, String body) {}

    @Test
    void everyRouteHasARowAndAsksForWhatItSays() {
        Map<String, Access> asked = new TreeMap<>();
        routes().forEach((route, method) -> {
            Requires requires = method.getMethodAnnotation(Requires.class);
            assertThat(requires).as(route + " says nothing of who may call it").isNotNull();
            asked.put(route, requires.value());
        });

        assertThat(asked)
                .isEqualTo(rows().stream()
                        .collect(Collectors.toMap(
                                row -> row.method() + " " + row.path(), Row::access, (a, b) -> a, TreeMap::new)));
    }

    @Test
    void nobodyPassesWithoutAToken() {
        for (Row row : rows()) {
            if (row.access() != Access.OPEN) {
                Answer answer = call(api.anybody(), row, 1, 1, 1);
                assertThat(answer.status()).as(row.toString()).isEqualTo(401);
                assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
            }
        }
    }

    @Test
    void aRoleThatIsTooLowIsTurnedAway() {
        Person owner = api.somebody();
        Person viewer = member(owner, "viewer");
        Person editor = member(owner, "editor");
        long service = service(owner);
        for (Row row : rows()) {
            String as = row.toString();
            if (row.access() == Access.EDITOR || row.access() == Access.ADMIN) {
                Answer answer = call(in(owner, viewer), row, owner.teamId(), service, owner.accountId());
                assertThat(answer.status()).as(as).isEqualTo(403);
            }
            if (row.access() == Access.ADMIN) {
                Answer answer = call(in(owner, editor), row, owner.teamId(), service, owner.accountId());
                assertThat(answer.status()).as(as).isEqualTo(403);
            }
        }
        assertUntouched(owner, service);
    }

    @Test
    void whatIsAnothersDoesNotExist() {
        Person owner = api.somebody();
        Person stranger = api.somebody();
        long service = service(owner);
        for (Row row : rows()) {
            if (!row.path().contains("{")) {
                continue;
            }
            String as = row.toString();
            Answer theirs = call(stranger.caller(), row, owner.teamId(), service, owner.accountId());
            assertThat(theirs.status()).as(as).isEqualTo(404);
            assertThat(theirs.body()).as(as).doesNotContain("secret-name").doesNotContain(owner.email());
            Answer byHeader = call(
                    stranger.caller().with("X-Team", Integer.toString(owner.teamId())),
                    row,
                    owner.teamId(),
                    service,
                    owner.accountId());
            assertThat(byHeader.status()).as(as).isEqualTo(404);
            // neither text nor status tells what exists from what does not
            Answer nothing = call(stranger.caller(), row, 999_999, 999_999, 999_999);
            assertThat(nothing.status()).as(as).isEqualTo(404);
            assertThat(theirs.text("/detail").replaceAll("[0-9]+", "#"))
                    .as(as)
                    .isEqualTo(nothing.text("/detail").replaceAll("[0-9]+", "#"));
        }
        assertUntouched(owner, service);
    }

    @Test
    void noListShowsWhatIsAnothers() {
        Person owner = api.somebody();
        Person stranger = api.somebody();
        service(owner);
        for (Row row : rows()) {
            if (row.method().equals("GET") && !row.path().contains("{")) {
                Answer answer = stranger.caller().get(row.path());
                assertThat(answer.status()).as(row.toString()).isEqualTo(200);
                assertThat(answer.body())
                        .as(row.toString())
                        .doesNotContain("secret-name")
                        .doesNotContain(owner.email());
            }
        }
    }

    private Map<String, HandlerMethod> routes() {
        Map<String, HandlerMethod> routes = new TreeMap<>();
        api.context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((info, method) -> {
                    if (method.getBeanType().getName().startsWith("io.healthchecker.")) {
                        named(info).forEach(name -> routes.put(name, method));
                    }
                });
        return routes;
    }

    private static Stream<String> named(RequestMappingInfo info) {
        return info.getPatternValues().stream()
                .filter(pattern -> pattern.startsWith("/api/"))
                .flatMap(pattern ->
                        info.getMethodsCondition().getMethods().stream().map(method -> method + " " + pattern));
    }

    private static List<Row> rows() {
        return ROUTES.lines()
                .map(line -> line.split("\\|", -1))
                .map(cells -> new Row(
                        cells[0].strip().split("\\s+")[0],
                        cells[0].strip().split("\\s+")[1],
                        Access.valueOf(cells[1].strip()),
                        cells[2].strip()))
                .toList();
    }

    private static Answer call(Caller caller, Row row, int team, long service, int account) {
        String path = row.path()
                .replace("{teamId}", Integer.toString(team))
                .replace("{id}", Long.toString(service))
                .replace("{accountId}", Integer.toString(account))
                .replace("{slot}~{location}", "1~default")
                .replace("{signal}", "fail")
                .replace("{invitationId}", Long.toString(service))
                .replace("{kind}", "status")
                .replaceAll("[{][a-z]+}", "x");
        Caller typed = row.body().isEmpty() ? caller : caller.with("Content-Type", "application/json");
        return typed.send(row.method(), path, row.body().getBytes());
    }

    private Person member(Person owner, String role) {
        Person person = api.somebody();
        owner.caller()
                .post(
                        "/api/v1/teams/%d/members".formatted(owner.teamId()),
                        "{\"email\":\"%s\",\"role\":\"%s\"}".formatted(person.email(), role));
        return person;
    }

    private static Caller in(Person owner, Person person) {
        return person.caller().with("X-Team", Integer.toString(owner.teamId()));
    }

    private static long service(Person owner) {
        return owner.caller()
                .post("/api/v1/services", "{\"name\":\"secret-name\",\"url\":\"http://a.test/\"}")
                .json()
                .get("id")
                .asLong();
    }

    private static void assertUntouched(Person owner, long service) {
        Answer answer = owner.caller().get("/api/v1/services/" + service);
        assertThat(answer.json().get("version").asInt()).isEqualTo(1);
        assertThat(answer.text("/name")).isEqualTo("secret-name");
    }
}
