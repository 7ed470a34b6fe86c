package io.healthchecker.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Caller;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceTest extends ServiceRequests {
    @Test
    void theFirstServiceOfAnInstallationHasTheNumberOne() {
        try (Api fresh = Api.start()) {
            Caller first = fresh.somebody().caller();
            first.post(SERVICES, "{\"name\":\"broken\",\"url\":\"nonsense\"}");

            Answer created = first.post(
                    SERVICES, "{\"name\":\"My API\",\"url\":\"https://api.example.com/health\",\"check_interval\":60}");

            assertThat(created.status()).isEqualTo(201);
            assertThat(created.json().get("id").asLong()).isEqualTo(1);
            assertThat(created.header("Location")).endsWith("/api/v1/services/1");
            assertThat(first.get("/api/v1/services/1").status()).isEqualTo(200);
        }
    }

    @Test
    void theShortFormIsTheDefinitionInOtherWords() {
        Answer created = caller.post(
                SERVICES, "{\"name\":\"short\",\"url\":\"https://api.example.com/health\",\"check_interval\":60}");

        assertThat(created.text("/http/url")).isEqualTo("https://api.example.com/health");
        assertThat(created.json().get("periodSeconds").asInt()).isEqualTo(60);
        assertThat(created.text("/url")).isEqualTo("https://api.example.com/health");
        assertThat(created.json().get("check_interval").asInt()).isEqualTo(60);
        assertThat(created.text("/state")).isEqualTo("Unknown");
        assertThat(created.text("/why/reason")).isEqualTo("NO_RESULT_YET");
        assertThat(created.text("/why/text")).isNotBlank();
        assertThat(created.text("/source")).isEqualTo("rest");
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(created.json().has("owner")).isFalse();
    }

    @Test
    void aTcpServiceHasNoUrl() {
        Answer created = caller.post(SERVICES, "{\"name\":\"db\",\"tcp\":{\"host\":\"db.test\",\"port\":5432}}");

        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.json().has("url")).isFalse();
        assertThat(created.json().at("/tcp/port").asInt()).isEqualTo(5432);
    }

    @ParameterizedTest
    @CsvSource({"HTTP://LOCALHOST:81/Health?A=b", "http://münchen.test/", "http://[::1]:80/", "https://a.test"})
    void anAddressIsKeptAsItWasTyped(String url) {
        Answer created = create("typed", url);

        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(caller.get(path(created)).text("/url")).isEqualTo(url);
    }

    @Test
    void aNameIsTakenOncePerTeamAndMayBeUsedAgainAfterRemoval() {
        Answer first = create("taken");

        Answer second = create("taken");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.fields()).containsExactly("name");
        assertThat(second.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(api.somebody()
                        .caller()
                        .post(SERVICES, body("taken", "http://a.test/"))
                        .status())
                .isEqualTo(201);

        assertThat(caller.delete(path(first)).status()).isEqualTo(204);
        assertThat(create("taken").status()).isEqualTo(201);
    }

    @Test
    void renamingToATakenNameIsRefused() {
        create("one");
        Answer two = create("two");

        assertThat(caller.put(path(two), body("one", "http://a.test/")).fields())
                .containsExactly("name");
        assertThat(caller.get(path(two)).text("/name")).isEqualTo("two");
    }

    @Test
    void aReplacementGivesDefaultsToWhatItDoesNotSay() {
        Answer created = caller.post(SERVICES, """
                {"name":"whole","http":{"url":"http://a.test/"},"periodSeconds":30,"labels":{"tier":"1"}}""");

        Answer replaced = caller.put(path(created), body("whole", "http://b.test/"));

        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().get("version").asInt()).isEqualTo(2);
        assertThat(replaced.header("ETag")).isEqualTo("\"2\"");
        assertThat(replaced.json().has("labels")).isFalse();
        assertThat(replaced.json().get("check_interval").asInt()).isEqualTo(60);
    }

    @Test
    void anAnswerThatWasReadMayBeSentBack() {
        Answer created = caller.post(SERVICES, """
                {"name":"back","http":{"url":"http://a.test/","headers":[
                  {"name":"Authorization","value":"Bearer s3cret"},{"name":"Accept","value":"text/plain"}]},
                 "periodSeconds":30}""");
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.body()).doesNotContain("s3cret").contains("***", "text/plain");

        Answer same = caller.put(path(created), caller.get(path(created)).body());
        assertThat(same.status()).as(same.body()).isEqualTo(200);
        assertThat(same.json().get("version").asInt()).as("nothing changed").isEqualTo(1);

        Answer slower =
                caller.put(path(created), created.body().replace("\"periodSeconds\":30", "\"periodSeconds\":45"));
        assertThat(slower.status())
                .as("check_interval says 30, periodSeconds 45")
                .isEqualTo(422);

        Answer changed = caller.put(
                path(created),
                created.body()
                        .replace("\"periodSeconds\":30", "\"periodSeconds\":45")
                        .replace("\"check_interval\":30", "\"check_interval\":45"));
        assertThat(changed.json().get("version").asInt()).isEqualTo(2);
        assertThat(definition(created)).contains("Bearer s3cret").contains("45");
    }

    @Test
    void aPatchChangesWhatItNames() {
        Answer created = caller.post(SERVICES, """
                {"name":"patch","http":{"url":"http://a.test/","method":"HEAD"},"labels":{"tier":"1","env":"dev"}}""");

        Answer patched = caller.patch(path(created), """
                {"labels":{"env":null,"team":"pay"},"check_interval":20,"url":"http://b.test/"}""");

        assertThat(patched.status()).as(patched.body()).isEqualTo(200);
        assertThat(patched.text("/name")).isEqualTo("patch");
        assertThat(patched.text("/http/method")).isEqualTo("HEAD");
        assertThat(patched.text("/http/url")).isEqualTo("http://b.test/");
        assertThat(patched.json().get("periodSeconds").asInt()).isEqualTo(20);
        assertThat(patched.json().get("labels").toString()).isEqualTo("{\"team\":\"pay\",\"tier\":\"1\"}");
        assertThat(caller.patch(path(created), "{\"check_interval\":0}").fields())
                .containsExactly("check_interval");
        assertThat(caller.patch(path(created), "{\"state\":\"Up\"}").fields()).containsExactly("state");
    }

    @Test
    void aServiceIsSuspendedAndResumedByItsDefinition() {
        Answer created = create("pause");

        Answer suspended = caller.patch(path(created), "{\"suspend\":true}");
        assertThat(suspended.text("/state")).isEqualTo("Suspended");
        assertThat(suspended.text("/why/reason")).isEqualTo("SUSPENDED");

        Answer resumed = caller.put(path(created), body("pause", "http://a.test/"));
        assertThat(resumed.text("/state")).isEqualTo("Unknown");
        assertThat(resumed.text("/why/reason")).isEqualTo("RESUMED");
    }

    @Test
    void aChangeBasedOnAnotherVersionIsRefused() {
        Answer created = create("etag");
        Caller first = caller.with("If-Match", "\"1\"");

        assertThat(first.put(path(created), body("etag", "http://b.test/")).status())
                .isEqualTo(200);

        Answer late = first.put(path(created), body("etag", "http://c.test/"));
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.header("ETag")).isEqualTo("\"2\"");
        assertThat(first.patch(path(created), "{\"suspend\":true}").status()).isEqualTo(412);
        assertThat(first.delete(path(created)).status()).isEqualTo(412);
        assertThat(caller.get(path(created)).text("/url")).isEqualTo("http://b.test/");

        assertThat(caller.with("If-Match", "nonsense").delete(path(created)).status())
                .isEqualTo(400);
        assertThat(caller.with("If-Match", "\"7\", \"2\"").delete(path(created)).status())
                .isEqualTo(204);
        assertThat(caller.with("If-Match", "*").delete(path(created)).status()).isEqualTo(404);
    }

    @Test
    void aServiceIsSentToWhoHasItsVersionSinceItsStateIsNoPartOfThat() {
        Answer created = create("fresh");

        Answer again = caller.with("If-None-Match", "\"1\"").get(path(created));

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("ETag")).isEqualTo("\"1\"");
        assertThat(again.text("/state")).isEqualTo("Unknown");
    }

    @Test
    void aRemovedServiceIsGone() {
        Answer created = create("gone");

        assertThat(caller.delete(path(created)).status()).isEqualTo(204);

        assertThat(caller.get(path(created)).status()).isEqualTo(404);
        assertThat(caller.delete(path(created)).status()).isEqualTo(404);
        assertThat(caller.put(path(created), body("gone", "http://a.test/")).status())
                .isEqualTo(404);
    }

    @Test
    void aServiceOfAnotherSourceIsReadOnlyAndNamesItsOwner() {
        Answer created = create("owned");
        api.sql()
                .sql("UPDATE service SET source = 3, owner = 'west/shop/checkout' WHERE id = :id")
                .param("id", created.json().get("id").asLong())
                .update();

        for (Answer answer : List.of(
                caller.put(path(created), body("mine", "http://a.test/")),
                caller.patch(path(created), "{\"suspend\":true}"),
                caller.delete(path(created)))) {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.text("/detail"))
                    .contains("belongs to HealthCheckService shop/checkout of cluster west; change it there, or POST");
        }
        assertThat(caller.get(path(created)).text("/source")).isEqualTo("kubernetes");
        assertThat(caller.get(path(created)).text("/owner")).isEqualTo("west/shop/checkout");
    }

    private String definition(Answer created) {
        return api.sql()
                .sql("SELECT definition::text FROM service WHERE id = :id")
                .param("id", created.json().get("id").asLong())
                .query(String.class)
                .single();
    }
}
