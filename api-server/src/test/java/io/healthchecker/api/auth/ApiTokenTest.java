package io.healthchecker.api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.api.testing.Caller;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiTokenTest {
    private static final String TOKENS = "/api/v1/tokens";
    private static final String SERVICES = "/api/v1/services";

    private final Api api = Api.shared();
    private final Person person = api.somebody();

    @Test
    void aTokenIsShownOnceAndWorksInItsTeamUntilItIsRevoked() {
        Answer made = make(person.caller(), "editor");
        Caller program = api.anybody().bearing(made.text("/token"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("/token")).startsWith("hct_").hasSizeGreaterThan(40);
        assertThat(program.post(SERVICES, "{\"name\":\"a\",\"url\":\"http://a.test/\"}")
                        .status())
                .isEqualTo(201);
        Answer listed = person.caller().get(TOKENS);
        assertThat(listed.body()).doesNotContain(made.text("/token"));
        assertThat(listed.text("/items/0/lastUsedFrom")).isNotBlank();
        assertThat(listed.text("/items/0/owner")).isEqualTo(person.email());
        assertThat(person.caller().delete(TOKENS + "/" + made.text("/id")).status())
                .isEqualTo(204);
        assertThat(program.get(SERVICES).status()).isEqualTo(401);
        assertThat(stored(made.text("/token"))).isZero();
    }

    @Test
    void aTokenOfTheWallReadsWhatTheWallShowsAndNothingElse() {
        Answer made = make(person.caller(), "wall");
        Caller wall = api.anybody().bearing(made.text("/token"));

        assertThat(made.text("/scope")).isEqualTo("wall");
        assertThat(wall.get(SERVICES + "?limit=60").status()).isEqualTo(200);
        assertThat(wall.get(SERVICES + "/index").status()).isEqualTo(200);
        assertThat(wall.send("POST", "/api/v1/ws-tickets", new byte[0]).status())
                .isEqualTo(201);
        for (String other : List.of(SERVICES + "/1", "/api/v1/incidents", TOKENS, "/api/v1/teams", "/api/v1/system")) {
            Answer refused = wall.get(other);
            assertThat(refused.status()).as(other).isEqualTo(403);
            assertThat(refused.text("/detail")).contains("for the wall");
        }
    }

    @Test
    void aTokenMayNoMoreThanItsScopeAndItsOwner() {
        Caller reader = api.anybody().bearing(make(person.caller(), "viewer").text("/token"));
        Person viewer = api.somebody();
        person.caller()
                .post(
                        "/api/v1/teams/%d/members".formatted(person.teamId()),
                        "{\"email\":\"%s\",\"role\":\"viewer\"}".formatted(viewer.email()));
        Caller guest = viewer.caller().with("X-Team", Integer.toString(person.teamId()));

        assertThat(reader.get(SERVICES).status()).isEqualTo(200);
        Answer refused = reader.post(SERVICES, "{\"name\":\"a\",\"url\":\"http://a.test/\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("/detail")).contains("scope");
        assertThat(reader.post(TOKENS, "{\"name\":\"x\",\"scope\":\"viewer\",\"expiresInDays\":1}")
                        .status())
                .isEqualTo(403);
        assertThat(reader.send("POST", "/api/v1/auth/logout", new byte[0]).status())
                .isEqualTo(403);
        assertThat(make(guest, "editor").fields()).containsExactly("scope");
    }

    @Test
    void aTokenWorksInNoOtherTeamAndEndsWithTheMembership() {
        Person viewer = api.somebody();
        person.caller()
                .post(
                        "/api/v1/teams/%d/members".formatted(person.teamId()),
                        "{\"email\":\"%s\",\"role\":\"editor\"}".formatted(viewer.email()));
        Caller guest = viewer.caller().with("X-Team", Integer.toString(person.teamId()));
        Caller program = api.anybody().bearing(make(guest, "editor").text("/token"));
        assertThat(program.get(SERVICES).status()).isEqualTo(200);
        assertThat(program.with("X-Team", Integer.toString(viewer.teamId()))
                        .get(SERVICES)
                        .status())
                .isEqualTo(404);

        person.caller().delete("/api/v1/teams/%d/members/%d".formatted(person.teamId(), viewer.accountId()));

        assertThat(program.get(SERVICES).status()).isEqualTo(404);
    }

    @Test
    void whatIsNoTokenOrHasExpiredIsRefused() {
        Answer made = make(person.caller(), "viewer");
        api.sql()
                .sql("UPDATE api_token SET expires_at = clock_timestamp() WHERE id = :id")
                .param("id", Long.parseLong(made.text("/id")))
                .update();

        assertThat(api.anybody().bearing(made.text("/token")).get(SERVICES).status())
                .isEqualTo(401);
        assertThat(api.anybody().bearing("hct_x").get(SERVICES).status()).isEqualTo(401);
        assertThat(person.caller()
                        .post(TOKENS, "{\"name\":\" \",\"scope\":\"root\"}")
                        .fields())
                .containsExactly("name", "scope", "expiresInDays");
    }

    @Test
    void aTicketOfATokenOpensWhatTheTokenDoes() {
        Caller program = api.anybody().bearing(make(person.caller(), "viewer").text("/token"));

        assertThat(program.send("POST", "/api/v1/ws-tickets", new byte[0]).status())
                .isEqualTo(201);
    }

    private static Answer make(Caller caller, String scope) {
        return caller.post(TOKENS, "{\"name\":\"ci\",\"scope\":\"%s\",\"expiresInDays\":30}".formatted(scope));
    }

    private long stored(String token) {
        return api.sql()
                .sql("SELECT count(*) FROM api_token AS t WHERE t::text LIKE :token")
                .param("token", "%" + token + "%")
                .query(Long.class)
                .single();
    }
}
