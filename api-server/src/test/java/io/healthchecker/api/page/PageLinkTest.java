package io.healthchecker.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.verdict.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages that only those see who have their link. */
class PageLinkTest extends PublishedPage {
    private static final String BY_LINK = "\"visibility\":\"link\",\"published\":true";

    @Test
    void withoutItsLinkAPageIsAsOneThatDoesNotExist() {
        facts.turn(shown, State.DOWN);
        List<String> addresses = everyPublicPath();
        assertThat(api.anybody().get("/status/" + slug).status()).isEqualTo(200);

        assertThat(write(BY_LINK).status()).isEqualTo(200);

        for (String address : addresses) {
            Answer hidden = api.anybody().get(address);
            Answer unknown = api.anybody()
                    .get(address.replace(slug, slug + "-x").replace("/badge/" + shown, "/badge/999999999"));
            assertThat(hidden.status()).as(address).isEqualTo(404);
            assertThat(hidden.text("/detail")).as(address).isEqualTo(unknown.text("/detail"));
            assertThat(hidden.text("/type")).as(address).isEqualTo(unknown.text("/type"));
            for (String header : List.of("Cache-Control", "Content-Type", "Content-Security-Policy", "ETag", "Vary")) {
                assertThat(hidden.header(header))
                        .as("%s of %s", header, address)
                        .isEqualTo(unknown.header(header));
            }
        }
        assertThat(api.anybody().get("/embed/" + slug + "?sections=x").status()).isEqualTo(404);
        for (String name : List.of("hcp_", "hcp_x", "hcp_" + "A".repeat(43), "hcp_" + "A".repeat(44), "HCP_1")) {
            assertThat(status(name)).as(name).isEqualTo(404);
            assertThat(api.anybody().get("/embed/" + name).status()).as(name).isEqualTo(404);
        }
        // so that a server which knows no links yet shows it to nobody either
        assertThat(api.sql()
                        .sql("SELECT published FROM status_page WHERE slug = :slug")
                        .param("slug", slug)
                        .query(Boolean.class)
                        .single())
                .isFalse();
    }

    @Test
    void whoHasTheLinkSeesAllOfThePageAndNoCacheKeepsIt() {
        facts.turn(shown, State.DOWN);
        String token = token(write(BY_LINK));
        refresh();

        for (String address : everyPublicPath()) {
            if (!address.contains(slug)) {
                continue; // by the number of a service, or where others have badges: those are for everybody
            }
            Answer answer = api.anybody().get(address.replace(slug, token));
            assertThat(answer.status()).as(address).isEqualTo(200);
            assertThat(answer.header("Cache-Control"))
                    .as(address)
                    .contains("private")
                    .doesNotContain("public", "age");
            assertThat(answer.header("Referrer-Policy")).as(address).isEqualTo("no-referrer");
            assertThat(answer.header("X-Robots-Tag")).as(address).contains("noindex");
            assertThat(answer.body() + answer.header("Link") + answer.header("Set-Cookie"))
                    .as(address)
                    .doesNotContain(token, "/status/" + slug);
            assertThat(api.anybody()
                            .with("If-None-Match", answer.header("ETag"))
                            .get(address.replace(slug, token))
                            .status())
                    .as(address)
                    .isEqualTo(304);
        }
        assertThat(api.anybody().get("/embed/" + token).header("Content-Security-Policy"))
                .contains("frame-ancestors https://www.example.com");
        assertThat(api.anybody().get("/status/" + token + ".json").text("/health"))
                .isEqualTo("Down");
        assertThat(api.anybody().get("/actuator/prometheus").body())
                .contains("hc_")
                .doesNotContain(token);
    }

    @Test
    void aLinkIsShownOnceAndOnlyItsHashIsKept() {
        String token = token(write(BY_LINK));

        assertThat(write(BY_LINK).json().has("link")).isFalse();
        for (String path : List.of("/api/v1/status-pages", "/api/v1/status-pages/" + pageId(), "/api/v1/audit")) {
            assertThat(person.caller().get(path).body())
                    .as(path)
                    .contains(slug)
                    .doesNotContain("hcp_", PageLink.hash(new Secret(token)));
        }
        assertThat(api.sql()
                        .sql("SELECT status_page::text FROM status_page WHERE slug = :slug")
                        .param("slug", slug)
                        .query(String.class)
                        .single())
                .doesNotContain(token.substring(4));
        assertThat(token).hasSizeGreaterThanOrEqualTo(4 + 43); // 256 bits
    }

    @Test
    void aLinkLivesUntilAnotherIsMadeOrThePageIsForEverybody() {
        String first = token(write(BY_LINK));
        Answer renewed = person.caller().post("/api/v1/status-pages/%d/link".formatted(pageId()), "");
        assertThat(renewed.status()).isEqualTo(200);
        String token = token(renewed);
        assertThat(status(first)).isEqualTo(404);
        assertThat(status(token)).isEqualTo(200);
        assertThat(person.caller().get("/api/v1/audit").body()).contains("renew-link");

        write("\"visibility\":\"link\"");
        assertThat(status(token)).isEqualTo(404);
        write(BY_LINK);
        assertThat(status(token)).isEqualTo(200);

        write("\"visibility\":\"public\",\"published\":true");
        assertThat(status(token)).isEqualTo(404);
        assertThat(status(slug)).isEqualTo(200);
        String another = token(write(BY_LINK));
        assertThat(status(token)).isEqualTo(404);
        assertThat(status(another)).isEqualTo(200);

        person.caller().delete("/api/v1/status-pages/" + pageId());
        assertThat(status(another)).isEqualTo(404);
    }

    @Test
    void whoDoesNotKnowOfLinksDoesNotShowAPageToEverybody() {
        String token = token(write(BY_LINK));

        Answer written = write("\"published\":true");

        assertThat(written.text("/visibility")).isEqualTo("link");
        assertThat(status(slug)).isEqualTo(404);
        assertThat(status(token)).isEqualTo(200);
    }

    @Test
    void whoMaySeeAPageIsOneOfTwoWords() {
        Answer wrong = write("\"visibility\":\"team\"");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.fields()).containsExactly("visibility");
        assertThat(wrong.text("/detail")).isEqualTo("visibility is \"team\"; it must be public or link");

        assertThat(write(BY_LINK + ",\"domain\":\"status.example.org\"").text("/errors/0/message"))
                .isEqualTo(
                        "domain is \"status.example.org\"; a page by link has no host of its own: remove domain, or set visibility to public");

        Answer none = person.caller().post("/api/v1/status-pages/%d/link".formatted(pageId()), "");
        assertThat(none.status()).isEqualTo(409);
        assertThat(none.fields()).containsExactly("visibility");
    }

    private Answer write(String more) {
        return person.caller().put("/api/v1/status-pages/" + pageId(), """
                        {"slug":"%s","title":"Acme","embedOrigins":["https://www.example.com"],%s,
                         "sections":[{"title":"Shop","components":[{"name":"Checkout","key":"checkout","serviceId":%d}]}]}""".formatted(slug, more, shown));
    }

    private static String token(Answer written) {
        assertThat(written.text("/link")).startsWith("/status/hcp_");
        return written.text("/link").substring("/status/".length());
    }

    private int status(String name) {
        return api.anybody().get("/status/" + name).status();
    }
}
