package io.healthchecker.api.team;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TeamTest {
    private final Api api = Api.shared();
    private final Person admin = api.somebody();
    private final Person guest = api.somebody();

    @Test
    void aMemberOfAnotherTeamMayWorkThereByNamingIt() {
        admin.caller().post("/api/v1/services", "{\"name\":\"theirs\",\"url\":\"http://a.test/\"}");
        add(guest, "viewer");

        String id = Integer.toString(admin.teamId());
        assertThat(guest.caller().get("/api/v1/teams").json().get("items").size())
                .isEqualTo(2);
        assertThat(services(guest.caller().get("/api/v1/services"))).isZero();
        assertThat(services(guest.caller().with("X-Team", id).get("/api/v1/services")))
                .isEqualTo(1);
        assertThat(services(guest.caller().get("/api/v1/services?team=" + id))).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} may read: {1}, change: {2}, manage: {3}")
    @CsvSource({"viewer, 200, 403, 403", "editor, 200, 201, 403", "admin, 200, 201, 200"})
    void eachRoleMayDoWhatItIsFor(String role, int read, int change, int manage) {
        add(guest, role);
        var there = guest.caller().with("X-Team", Integer.toString(admin.teamId()));

        assertThat(there.get("/api/v1/services").status()).isEqualTo(read);
        assertThat(there.post("/api/v1/services", "{\"name\":\"x\",\"url\":\"http://a.test/\"}")
                        .status())
                .isEqualTo(change);
        assertThat(there.put(
                                "/api/v1/teams/%d/members/%d".formatted(admin.teamId(), guest.accountId()),
                                "{\"role\":\"%s\"}".formatted(role))
                        .status())
                .isEqualTo(manage);
    }

    @Test
    void membersAreReadWindowByWindow() {
        add(guest, "viewer");

        Answer first = admin.caller().get(members() + "?limit=1");
        Answer second = admin.caller().get(members() + "?limit=1&cursor=" + first.text("/nextCursor"));

        assertThat(first.text("/items/0/email")).isEqualTo(admin.email());
        assertThat(second.text("/items/0/email")).isEqualTo(guest.email());
        assertThat(second.json().has("nextCursor")).isFalse();
        assertThat(admin.caller().get(members() + "?limit=501").fields()).containsExactly("limit");
    }

    @Test
    void aMemberWhoIsRemovedIsOutAtOnce() {
        add(guest, "editor");
        var there = guest.caller().with("X-Team", Integer.toString(admin.teamId()));
        assertThat(there.get("/api/v1/services").status()).isEqualTo(200);

        assertThat(admin.caller().delete(members() + "/" + guest.accountId()).status())
                .isEqualTo(204);

        assertThat(there.get("/api/v1/services").status()).isEqualTo(404);
    }

    @Test
    void theLastAdminStays() {
        add(guest, "editor");
        String self = members() + "/" + admin.accountId();

        assertThat(admin.caller().delete(self).status()).isEqualTo(409);
        assertThat(admin.caller().put(self, "{\"role\":\"viewer\"}").status()).isEqualTo(409);
        assertThat(admin.caller().get(members()).json().at("/items/0/role").asString())
                .isEqualTo("admin");

        admin.caller().put(members() + "/" + guest.accountId(), "{\"role\":\"admin\"}");
        assertThat(admin.caller().delete(self).status()).isEqualTo(204);
    }

    @Test
    void badMembersAreRefused() {
        assertThat(admin.caller()
                        .post(members(), "{\"email\":\"nobody@example.com\",\"role\":\"viewer\"}")
                        .fields())
                .containsExactly("email");
        assertThat(admin.caller()
                        .post(members(), "{\"email\":\"x\",\"role\":\"king\"}")
                        .fields())
                .containsExactly("email", "role");
        assertThat(admin.caller().post(members(), "{}").fields()).containsExactly("email", "role");
        add(guest, "viewer");
        assertThat(admin.caller()
                        .post(members(), "{\"email\":\"%s\",\"role\":\"viewer\"}".formatted(guest.email()))
                        .status())
                .isEqualTo(409);
        assertThat(admin.caller().delete(members() + "/999999").status()).isEqualTo(404);
    }

    @Test
    void aForeignTeamDoesNotExist() {
        String foreign = "/api/v1/teams/%d/members".formatted(guest.teamId());

        assertThat(admin.caller().get(foreign).status()).isEqualTo(404);
        assertThat(admin.caller()
                        .post(foreign, "{\"email\":\"%s\",\"role\":\"admin\"}".formatted(admin.email()))
                        .status())
                .isEqualTo(404);
        assertThat(admin.caller().delete(foreign + "/" + guest.accountId()).status())
                .isEqualTo(404);
        assertThat(admin.caller().get("/api/v1/teams/999999/members").text("/detail"))
                .isEqualTo(admin.caller().get(foreign).text("/detail").replace(guest.teamId() + "", "999999"));
        assertThat(admin.caller().get("/api/v1/teams/x/members").status()).isEqualTo(404);
    }

    private void add(Person person, String role) {
        Answer added =
                admin.caller().post(members(), "{\"email\":\"%s\",\"role\":\"%s\"}".formatted(person.email(), role));
        assertThat(added.status()).as(added.body()).isEqualTo(201);
    }

    private String members() {
        return "/api/v1/teams/%d/members".formatted(admin.teamId());
    }

    private static int services(Answer answer) {
        return answer.json().get("items").size();
    }
}
