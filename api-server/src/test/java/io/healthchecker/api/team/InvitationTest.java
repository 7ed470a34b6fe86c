package io.healthchecker.api.team;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import org.junit.jupiter.api.Test;

class InvitationTest {
    private final Api api = Api.shared();
    private final Person admin = api.somebody();
    private final String invitations = "/api/v1/teams/%d/invitations".formatted(admin.teamId());

    @Test
    void whoHasTheLinkJoinsOnce() {
        Person guest = api.somebody();
        String code = code(admin.caller().post(invitations, "{\"role\":\"editor\"}"));

        Answer joined = accept(guest, code);

        assertThat(joined.status()).isEqualTo(200);
        assertThat(joined.text("/role")).isEqualTo("editor");
        assertThat(joined.json().get("id").asInt()).isEqualTo(admin.teamId());
        assertThat(accept(api.somebody(), code).fields()).containsExactly("invite");
        assertThat(admin.caller().get(invitations).json().get("items")).isEmpty();
    }

    @Test
    void anInvitationOfAnAddressIsForThatAddress() {
        Person guest = api.somebody();
        Answer made = admin.caller()
                .post(invitations, "{\"role\":\"viewer\",\"email\":\"%s\",\"days\":1}".formatted(guest.email()));

        assertThat(made.status()).isEqualTo(201);
        assertThat(accept(api.somebody(), code(made)).status()).isEqualTo(422);
        assertThat(accept(guest, code(made)).status()).isEqualTo(200);
    }

    @Test
    void whoHasNoAccountRegistersWithIt() {
        String code = code(admin.caller().post(invitations, "{\"role\":\"viewer\"}"));
        String body = "{\"email\":\"invited%d@example.com\",\"password\":\"password123\"}".formatted(admin.teamId());

        Answer wrong = api.anybody().with("X-Invitation", "nonsense").post("/api/v1/auth/register", body);
        Answer right = api.anybody().with("X-Invitation", code).post("/api/v1/auth/register", body);

        assertThat(wrong.fields()).containsExactly("X-Invitation");
        assertThat(right.status()).isEqualTo(201);
        assertThat(right.json().at("/user/teams").findValuesAsString("id")).contains(Integer.toString(admin.teamId()));
    }

    @Test
    void whatWasWithdrawnOrHasExpiredIsOver() {
        Answer withdrawn = admin.caller().post(invitations, "{\"role\":\"viewer\"}");
        Answer expired = admin.caller().post(invitations, "{\"role\":\"viewer\"}");

        assertThat(admin.caller()
                        .delete(invitations + "/" + withdrawn.text("/id"))
                        .status())
                .isEqualTo(204);
        api.sql()
                .sql("UPDATE invitation SET expires_at = clock_timestamp() WHERE id = :id")
                .param("id", Long.parseLong(expired.text("/id")))
                .update();

        assertThat(accept(api.somebody(), code(withdrawn)).status()).isEqualTo(422);
        assertThat(accept(api.somebody(), code(expired)).status()).isEqualTo(422);
        assertThat(admin.caller()
                        .post(invitations, "{\"role\":\"viewer\",\"days\":31}")
                        .fields())
                .containsExactly("days");
    }

    private static Answer accept(Person person, String code) {
        return person.caller().post("/api/v1/invitations:accept", "{\"invite\":\"%s\"}".formatted(code));
    }

    private static String code(Answer made) {
        return made.text("/path").substring("/register?invite=".length());
    }
}
