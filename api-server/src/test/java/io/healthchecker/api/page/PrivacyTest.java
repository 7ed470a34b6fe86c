package io.healthchecker.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.core.verdict.State;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** What is not on a page is told nowhere. */
class PrivacyTest extends PublishedPage {
    @Test
    void nothingButWhatStandsOnThePageIsPublicAndAllOfItIsEscaped() throws Exception {
        facts.turn(shown, State.UP);
        facts.turn(shown, State.DOWN);
        facts.turn(secret, State.DOWN);
        api.sql()
                .sql("UPDATE service_state SET detail = :detail WHERE service_id = ANY(:ids)")
                .param("detail", "status (500) == 200, body <img src=x onerror=alert(2)>")
                .param("ids", new Long[] {shown, secret})
                .update();
        String incident =
                person.caller().get("/api/v1/incidents?service=" + shown).text("/items/0/id");
        person.caller().post("/api/v1/incidents/" + incident + "/notes", "{\"text\":\"not for all\"}");
        person.caller()
                .post("/api/v1/incidents/" + incident + "/notes", "{\"text\":\"We are <b>on</b> it\",\"public\":true}");
        refresh();

        for (String path : everyPublicPath()) {
            Answer answer = api.anybody().get(path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.body())
                    .as(path)
                    .doesNotContain("N7", "127.0.0.1", ":4711", "internal-1", "secret-name", "onerror", "(500)")
                    .doesNotContain("CONNECT_REFUSED", "not for all", person.email());
            if (!path.endsWith(".json") && !path.endsWith(".shields")) {
                assertThat(answer.body()).as(path).doesNotContain("<script", "<b>", "alert(1)<");
            }
            if (path.contains(".svg") || path.contains("/api/badge") || path.endsWith(".atom")) {
                var parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
                parser.parse(new InputSource(new StringReader(answer.body())));
            }
        }
        assertThat(api.anybody().get("/actuator/prometheus").body())
                .contains("hc_")
                .doesNotContain("N7", ":4711", "internal-1", "secret-name", "onerror", slug);
        assertThat(api.anybody().get("/status/" + slug).body())
                .contains(EVIL_ESCAPED, "Some systems are down", "We are &lt;b&gt;on&lt;/b&gt; it");
        assertThat(api.anybody().get("/status/" + slug + ".json").text("/sections/0/components/0/name"))
                .isEqualTo("</text></script><script>alert(1)</script>&\"😀");
    }

    @Test
    void whatIsNotPublishedIsAsWhatDoesNotExist() {
        Answer unknown = api.anybody().get("/api/badge/999999999/status");
        Answer hidden = api.anybody().get("/api/badge/%d/status".formatted(secret));

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.text("/detail")).isEqualTo(unknown.text("/detail"));
        assertThat(api.anybody().get("/api/badge/%d/status".formatted(shown)).status())
                .isEqualTo(200);
        long page = pageId();
        person.caller().put("/api/v1/status-pages/" + page, "{\"slug\":\"%s\",\"title\":\"x\"}".formatted(slug));
        assertThat(api.anybody().get("/status/" + slug).status()).isEqualTo(404);
        assertThat(api.anybody().get("/api/badge/%d/status".formatted(shown)).status())
                .isEqualTo(404);
    }

    @Test
    void aServiceOfAnotherTeamIsNotShownWhateverThePageSays() {
        Person other = api.somebody();
        String theirs = slug + "-other";

        Answer created = other.caller().post("/api/v1/status-pages", """
                        {"slug":"%s","title":"x","published":true,
                         "sections":[{"components":[{"name":"x","serviceId":%d}]}]}""".formatted(theirs, secret));
        facts.turn(secret, State.DOWN);
        refresh();

        assertThat(created.status()).isEqualTo(201);
        assertThat(api.anybody().get("/status/" + theirs + ".json").text("/sections/0/components/0/health"))
                .isEqualTo("No data");
        assertThat(api.anybody().get("/api/badge/%d/status".formatted(secret)).status())
                .isEqualTo(404);
    }

    @Test
    void anIncidentOfWhatIsRemovedIsToldNoMore() {
        facts.turn(shown, State.DOWN);
        refresh();
        assertThat(incidents()).isEqualTo(1);

        assertThat(person.caller().delete("/api/v1/services/" + shown).status()).isEqualTo(204);
        refresh();

        assertThat(incidents()).isZero();
        assertThat(api.anybody().get("/status/" + slug).body()).contains("None in the last 14 days");
    }

    private int incidents() {
        return api.anybody()
                .get("/status/%s.json".formatted(slug))
                .json()
                .get("incidents")
                .size();
    }

    @Test
    void numbersOfIncidentsAreNotPublicAndStayWhatTheyAre() {
        facts.turn(shown, State.DOWN);
        refresh();
        String number =
                person.caller().get("/api/v1/incidents?service=" + shown).text("/items/0/id");
        String id = api.anybody().get("/status/%s.json".formatted(slug)).text("/incidents/0/id");
        facts.turn(shown, State.UP);
        refresh();

        assertThat(id).hasSize(36);
        for (String path : List.of(".json", ".atom")) {
            assertThat(api.anybody().get("/status/" + slug + path).body())
                    .contains(id)
                    .doesNotContain("incident:%s<".formatted(number), "\"id\":\"%s\"".formatted(number));
        }
    }

    @Test
    void whatIsSaidOfAServiceThatIsNotShownIsNotTold() {
        facts.turn(secret, State.DOWN);
        String incident =
                person.caller().get("/api/v1/incidents?service=" + secret).text("/items/0/id");
        person.caller()
                .post("/api/v1/incidents/" + incident + "/notes", "{\"text\":\"initech is hit\",\"public\":true}");
        person.caller().patch("/api/v1/services/" + shown, "{\"labels\":{\"customer\":\"initech\"}}");
        assertThat(replace(slug, "\"label\":\"customer:initech\"").status()).isEqualTo(200);
        facts.turn(shown, State.UP);
        refresh();

        for (String path : everyPublicPath()) {
            Answer answer = api.anybody().get(path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.body()).as(path).doesNotContain("initech", "customer", "serviceId", "teamId");
            assertThat(answer.header("Set-Cookie") + answer.header("Server"))
                    .as(path)
                    .isEmpty();
        }
    }

    @Test
    void whatIsTakenOffThePageIsGoneAtOnce() {
        List<String> before = everyPublicPath();
        assertThat(replace(slug + "-new", "\"serviceId\":" + secret).status()).isEqualTo(200);

        for (String path : before) {
            Answer answer = api.anybody().get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.header("Cache-Control")).as(path).isEqualTo("no-store");
        }
        assertThat(api.anybody()
                        .get("/badge/%s-new/checkout/state.svg".formatted(slug))
                        .status())
                .isEqualTo(200);
    }

    private Answer replace(String wanted, String of) {
        return person.caller().put("/api/v1/status-pages/" + pageId(), """
                        {"slug":"%s","title":"x","published":true,
                         "sections":[{"components":[{"name":"Checkout","key":"checkout",%s}]}]}""".formatted(wanted, of));
    }

    @Test
    void noFormAnswersForAnotherAndNoWordOfARequestMakesOneMore() {
        facts.turn(shown, State.UP);
        refresh();
        ofOneReading(api, slug, this::eachFormHasItsTag);
        int forms = api.bean(PageShelf.class).find(slug).orElseThrow().forms();
        for (int i = 0; i < 100; i++) {
            api.anybody().get("/embed/%s?theme=t%d&x=%2$d".formatted(slug, i));
        }
        assertThat(forms).isLessThanOrEqualTo(8); // HTML, frames in three themes, JSON, Atom, two of Statuspage
        assertThat(api.bean(PageShelf.class).find(slug).orElseThrow().forms()).isLessThanOrEqualTo(8);
    }

    private void eachFormHasItsTag() {
        Map<String, String> tags = new HashMap<>();
        for (String path : everyPublicPath().subList(0, 10)) { // the others are the same badges at other addresses
            Answer asked = api.anybody().get(path);
            Answer head = api.anybody().send("HEAD", path, new byte[0]);
            assertThat(head.body()).as(path).isEmpty();
            assertThat(head.header("ETag")).as(path).isEqualTo(asked.header("ETag"));
            assertThat(tags.put(asked.header("ETag"), path)).as(path).isNull();
            String more = path + (path.contains("?") ? "&" : "?") + "theme=x%1$d&y=%1$d".formatted(tags.size());
            assertThat(api.anybody().get(more).header("ETag")).as(more).isEqualTo(asked.header("ETag"));
        }
        String last = List.copyOf(tags.values()).getLast();
        for (var one : tags.entrySet()) {
            assertThat(status(one.getValue(), one.getKey())).as(one.getValue()).isEqualTo(304);
            assertThat(status(last, one.getKey()))
                    .as("%s by the tag of %s", last, one.getValue())
                    .isEqualTo(last.equals(one.getValue()) ? 304 : 200);
        }
    }

    private int status(String path, String tag) {
        return api.anybody().with("If-None-Match", tag).get(path).status();
    }
}
