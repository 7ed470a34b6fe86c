package io.healthchecker.api.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.api.testing.Caller;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class SavedViewTest {
    private static final String PATH = "/api/v1/views";

    private final Api api = Api.shared();
    private final Person admin = api.somebody();
    private final Person guest = api.somebody();

    @Test
    void aViewIsSeenByWhoMadeItAndASharedOneByTheTeam() {
        Caller viewer = asMember("viewer");
        save(admin.caller(), "mine", "state=Down", false);
        save(admin.caller(), "ours", "label=tier:1&by=namespace", true);
        Answer own = save(viewer, "mine", "state=-Up", false);

        assertThat(own.status()).isEqualTo(201);
        assertThat(own.text("/owner")).isEqualTo(guest.email());
        assertThat(names(admin.caller())).containsExactly("mine", "ours");
        assertThat(names(viewer)).containsExactly("mine", "ours");
        assertThat(viewer.get(PATH).text("/items/0/query")).isEqualTo("state=-Up");
        assertThat(viewer.get(PATH).text("/items/1/removable")).isEqualTo("false");
        assertThat(names(guest.caller())).as("another team").isEmpty();
    }

    @Test
    void aViewIsRemovedByWhoMadeItAndASharedOneByAnAdmin() {
        Caller editor = asMember("editor");
        String personal = save(editor, "personal", "", false).text("/id");
        String shared = save(editor, "shared", "", true).text("/id");
        String ofTheAdmin = save(admin.caller(), "of the admin", "", true).text("/id");

        assertThat(admin.caller().delete(PATH + "/" + personal).status()).isEqualTo(404);
        assertThat(editor.delete(PATH + "/" + ofTheAdmin).status()).isEqualTo(403);
        assertThat(admin.caller().delete(PATH + "/" + shared).status()).isEqualTo(204);
        assertThat(editor.delete(PATH + "/" + personal).status()).isEqualTo(204);
        assertThat(names(editor)).containsExactly("of the admin");
    }

    @Test
    void whatCannotBeAViewIsRefused() {
        save(admin.caller(), "twice", "", false);

        assertThat(save(admin.caller(), "twice", "", false).status()).isEqualTo(409);
        assertThat(save(asMember("viewer"), "for all", "", true).status()).isEqualTo(403);
        assertThat(save(admin.caller(), " ", "", false).status()).isEqualTo(422);
        assertThat(save(admin.caller(), "long", "q=" + "x".repeat(2_000), false).status())
                .isEqualTo(422);
        assertThat(admin.caller().post(PATH, "{\"name\":\"no query\"}").text("/errors/0/field"))
                .isEqualTo("query");
        assertThat(admin.caller().delete(PATH + "/4711").status()).isEqualTo(404);
    }

    private Caller asMember(String role) {
        admin.caller()
                .post(
                        "/api/v1/teams/%d/members".formatted(admin.teamId()),
                        "{\"email\":\"%s\",\"role\":\"%s\"}".formatted(guest.email(), role));
        return guest.caller().with("X-Team", Integer.toString(admin.teamId()));
    }

    private static Answer save(Caller caller, String name, String query, boolean shared) {
        return caller.post(PATH, "{\"name\":\"%s\",\"query\":\"%s\",\"shared\":%s}".formatted(name, query, shared));
    }

    private static List<String> names(Caller caller) {
        return StreamSupport.stream(caller.get(PATH).json().get("items").spliterator(), false)
                .map(view -> view.get("name").asString())
                .toList();
    }
}
