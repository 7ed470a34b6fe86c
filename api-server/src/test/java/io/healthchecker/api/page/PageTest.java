package io.healthchecker.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.core.verdict.State;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class PageTest extends PublishedPage {
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    /** Nothing here begins within the last minute of a day of UTC. */
    @BeforeEach
    void theDayGoesOn() {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> LocalTime.now(ZoneOffset.UTC).isBefore(LocalTime.of(23, 59)));
    }

    @Test
    void whereNobodyChecksAnyMoreThePageSaysSinceWhen() {
        facts.turn(shown, State.UP);
        facts.result(shown, -6 * 60_000L);
        refresh();
        String until = api.anybody().get("/status/%s.json".formatted(slug)).text("/checkedUntil");
        for (String path : List.of("/status/" + slug, "/embed/" + slug)) {
            assertThat(api.anybody().get(path).body())
                    .contains("Checks stopped at <time datetime=\"%s\">".formatted(until));
        }

        facts.result(shown, 0);
        refresh();
        assertThat(api.anybody().get("/status/" + slug).body()).doesNotContain("Checks stopped");
    }

    @Test
    void theDayOfANewServiceIsWhatItWasSinceItsFirstResult() {
        assertThat(days()).endsWith("--");
        LocalDate today = LocalDate.now(ZoneOffset.UTC);

        facts.turn(shown, State.UP);
        refresh();

        assertThat(days()).endsWith("-U");
        for (String path : List.of("/status/" + slug, "/embed/" + slug)) {
            assertThat(api.anybody().get(path).body())
                    .contains("1 day: 0 with an outage, 0 slow, 0 without data", "<label class=\"u\">")
                    .doesNotContain("<label class=\"n\">")
                    .contains("<span>%s: Operational</span>".formatted(SHORT.format(today)));
        }
        facts.turn(shown, State.UNKNOWN);
        refresh();
        assertThat(days()).endsWith("-N");
    }

    @Test
    void anOutageStaysAtItsDay() {
        facts.turn(shown, State.DOWN);
        facts.turn(shown, State.UP);
        api.sql()
                .sql("UPDATE service SET created_at = created_at - interval '9 days' WHERE id = :id")
                .param("id", shown)
                .update();
        move(1, "3 days");
        move(2, "2 days");
        api.sql().sql("""
                        UPDATE incident AS i
                           SET opened_at = (SELECT at FROM transition WHERE service_id = i.service_id AND seq = 1),
                               closed_at = (SELECT at FROM transition WHERE service_id = i.service_id AND seq = 2)
                         WHERE service_id = :id
                        """).param("id", shown).update();
        refresh();

        // down from noon to noon of UTC: two days, whatever the hour is now
        assertThat(days()).endsWith("-NNNNNNDDUU");
        LocalDate first = LocalDate.now(ZoneOffset.UTC).minusDays(3);
        var troubles =
                api.anybody().get("/status/%s.json".formatted(slug)).json().at("/sections/0/components/0/troubles");
        assertThat(troubles.findValuesAsString("day"))
                .containsExactly(first.toString(), first.plusDays(1).toString());
        assertThat(troubles.findValuesAsString("downSeconds")).containsExactly("43200", "43200");
        assertThat(troubles.findValuesAsString("slowSeconds")).containsExactly("0", "0");
        assertThat(troubles.at("/0/incidents/0/health").asString()).isEqualTo("Down");
        String firstDay = SHORT.format(first);
        String secondDay = SHORT.format(first.plusDays(1));
        for (String path : List.of("/status/" + slug, "/embed/" + slug)) {
            assertThat(api.anybody().get(path).body())
                    .contains(
                            "%s: Down for 12 h 0 min<br>Incident 12:00 to %s 12:00 UTC<".formatted(firstDay, secondDay),
                            "%s: Down for 12 h 0 min<br>Incident %s 12:00 to 12:00 UTC<"
                                    .formatted(secondDay, firstDay));
        }
    }

    private void move(int seq, String ago) {
        api.sql()
                .sql(
                        "UPDATE transition SET at = (date_trunc('day', clock_timestamp() AT TIME ZONE 'UTC') - CAST(:ago AS interval) + interval '12 hours') AT TIME ZONE 'UTC' WHERE service_id = :id AND seq = :seq")
                .param("ago", ago)
                .param("id", shown)
                .param("seq", seq)
                .update();
    }

    @Test
    void whatIsNotCheckedHidesNothingOfWhatIs() {
        assertThat(person.caller()
                        .put("/api/v1/status-pages/" + pageId(), """
                {"slug":"%s","title":"x","published":true,"sections":[{"components":[
                  {"name":"One","serviceId":%d},{"name":"Two","serviceId":%d}]}]}""".formatted(slug, shown, secret))
                        .status())
                .isEqualTo(200);
        facts.turn(shown, State.UP);
        facts.turn(secret, State.SUSPENDED);
        refresh();

        assertThat(api.anybody().get("/status/" + slug).body())
                .contains("All systems that are checked are operational", "Not checked");
        assertThat(api.anybody()
                        .get("/status/%s/api/v2/status.json".formatted(slug))
                        .text("/status/indicator"))
                .isEqualTo("none");

        facts.turn(shown, State.SUSPENDED);
        refresh();
        assertThat(api.anybody().get("/status/" + slug).body()).contains("Nothing is checked at the moment");
        assertThat(api.anybody()
                        .get("/status/%s/api/v2/status.json".formatted(slug))
                        .text("/status/indicator"))
                .isEqualTo("maintenance");
    }

    @Test
    void whatIsSaidOfAnOpenIncidentComesFirst() {
        facts.turn(shown, State.DOWN);
        String incident =
                person.caller().get("/api/v1/incidents?service=" + shown).text("/items/0/id");
        refresh();
        assertThat(api.anybody().get("/status/" + slug).body())
                .contains("not over yet")
                .doesNotContain("No other");

        person.caller().post("/api/v1/incidents/" + incident + "/notes", "{\"text\":\"We are on it\",\"public\":true}");
        refresh();
        assertThat(api.anybody().get("/status/" + slug).body())
                .containsSubsequence("Some systems are down", "We are on it", "class=\"days\"", "No other in the last");

        facts.turn(shown, State.UP);
        refresh();
        assertThat(api.anybody().get("/status/" + slug).body())
                .containsSubsequence("class=\"days\"", "<h2>Incidents</h2>", " s)", "We are on it");
    }

    private String days() {
        return api.anybody().get("/status/%s.json".formatted(slug)).text("/sections/0/components/0/days");
    }

    @Test
    void theFeedIsAtomAndTheSummaryThatOfStatuspage() throws Exception {
        facts.turn(shown, State.UP);
        facts.turn(shown, State.DOWN);
        refresh();

        Answer atom = api.anybody().get("/status/%s.atom".formatted(slug));
        assertThat(atom.header("Content-Type")).startsWith("application/atom+xml");
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        var feed = factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(atom.body())))
                .getDocumentElement();
        assertThat(feed.getNamespaceURI()).isEqualTo("http://www.w3.org/2005/Atom");
        for (String required : List.of("id", "title", "updated", "author")) { // RFC 4287, 4.1.1
            assertThat(feed.getElementsByTagName(required).getLength())
                    .as(required)
                    .isPositive();
        }
        var entry = (org.w3c.dom.Element) feed.getElementsByTagName("entry").item(0);
        for (String required : List.of("id", "title", "updated", "content")) { // 4.1.2
            assertThat(entry.getElementsByTagName(required).getLength())
                    .as(required)
                    .isEqualTo(1);
        }
        for (String time : List.of("updated", "published")) {
            assertThat(Instant.parse(entry.getElementsByTagName(time).item(0).getTextContent()))
                    .isBefore(Instant.now().plusSeconds(5));
        }

        Answer summary = api.anybody().get("/status/%s/api/v2/summary.json".formatted(slug));
        assertThat(summary.header("Content-Type")).startsWith("application/json");
        assertThat(summary.text("/status/indicator")).isEqualTo("critical");
        assertThat(summary.json().path("components")).hasSize(2);
        assertThat(summary.json().at("/components/0/group").asBoolean()).isTrue();
        assertThat(summary.text("/components/0/name")).isEqualTo("Shop");
        assertThat(summary.text("/components/0/status")).isEqualTo("major_outage");
        assertThat(summary.text("/components/0/components/0")).isEqualTo("checkout");
        assertThat(summary.text("/components/1/id")).isEqualTo("checkout");
        assertThat(summary.text("/components/1/status")).isEqualTo("major_outage");
        assertThat(summary.text("/components/1/group_id")).isEqualTo(summary.text("/components/0/id"));
        assertThat(summary.json().at("/components/1/group").asBoolean()).isFalse();
        assertThat(summary.text("/incidents/0/impact")).isEqualTo("major");
        assertThat(summary.text("/page/id")).isEqualTo(slug);
        assertThat(api.anybody().get("/status/%s.json".formatted(slug)).json().at("/sections/0/components"))
                .hasSize(1);
    }

    @Test
    void aPageIsCompleteWithoutScriptSmallAndCacheable() {
        ofOneReading(api, slug, this::isCompleteSmallAndCacheable);
    }

    private void isCompleteSmallAndCacheable() {
        Answer page = api.anybody().get("/status/" + slug);

        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "style-src 'sha256-", "frame-ancestors 'none'")
                .doesNotContain("script-src", "unsafe");
        assertThat(page.body()).doesNotContain("<script", " style=", "http://", "src=");
        assertThat(page.header("Cache-Control")).contains("public", "s-maxage=15", "stale-if-error");
        assertThat(api.anybody()
                        .with("If-None-Match", page.header("ETag"))
                        .get("/status/" + slug)
                        .status())
                .isEqualTo(304);
        Answer zipped = api.anybody().with("Accept-Encoding", "gzip").get("/status/" + slug);
        assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(zipped.header("ETag")).isNotEqualTo(page.header("ETag"));
    }

    @Test
    void onlyPagesOfTheListMayEmbedIt() {
        Answer embed = api.anybody().get("/embed/" + slug + "?theme=dark");

        assertThat(embed.header("Content-Security-Policy")).contains("frame-ancestors https://www.example.com");
        assertThat(embed.header("X-Frame-Options")).isEmpty();
        assertThat(embed.body())
                .contains(
                        "class=\"dark\"",
                        ":root.dark{color-scheme:dark;--canvas:#0f1318",
                        ":root:not(.light){--canvas:#0f1318")
                .contains("<a href=\"/status/%s\" target=\"_blank\">".formatted(slug));
        assertThat(api.anybody().get("/embed/" + slug + "?theme=%22%3E%3Cx").body())
                .doesNotContain("><x");
        assertThat(api.anybody().get("/status/" + slug).header("X-Frame-Options"))
                .isEqualTo("DENY");
    }

    @Test
    void aFrameShowsThePartsThatItAsksFor() {
        facts.turn(shown, State.DOWN);
        refresh();

        assertThat(embedded("sections=banner")).contains("class=\"banner").doesNotContain("class=\"days\"", "<h2>Inc");
        assertThat(embedded("sections=components,banner"))
                .contains("class=\"banner", "class=\"days\"")
                .doesNotContain("<h2>Incidents")
                .isEqualTo(embedded(""));
        assertThat(embedded("sections=incidents&theme=dark"))
                .contains("<h2>Incidents", "not over yet", "class=\"dark\"")
                .doesNotContain("class=\"banner", "class=\"days\"");
        for (String wrong : List.of("footer", "", "banner,", "Banner")) {
            Answer answer = api.anybody().get("/embed/%s?sections=%s".formatted(slug, wrong));
            assertThat(answer.status()).as(wrong).isEqualTo(400);
            assertThat(answer.fields()).containsExactly("sections");
            assertThat(answer.text("/detail"))
                    .isEqualTo("sections has \"%s\"; it may have banner, components and incidents, with commas between"
                            .formatted(wrong.startsWith("banner") ? "" : wrong));
        }
    }

    private String embedded(String query) {
        return api.anybody().get("/embed/%s?%s".formatted(slug, query)).body();
    }

    @Test
    void whatAPageMayNotHoldIsRefusedByItsField() {
        assertThat(create(
                                "{\"slug\":\"A b\",\"title\":\"\",\"domain\":\"www.example.com\",\"embedOrigins\":[\"*\"],\"accent\":\"red\",\"accentDark\":\"#000000\"}")
                        .fields())
                .containsExactly("slug", "title", "domain", "embedOrigins", "accent", "accentDark");
        assertThat(create("{\"slug\":\"%s\",\"title\":\"x\"}".formatted(slug)).fields())
                .containsExactly("slug");
        assertThat(create("""
                        {"slug":"%s-x","title":"x","sections":[{"components":[{"name":"a"},
                          {"name":"b","serviceId":1,"label":"a:b"},{"name":"c","label":"x"}]}]}""".formatted(slug)).fields())
                .containsExactly(
                        "sections[0].components[0]", "sections[0].components[1]", "sections[0].components[2].label");
    }

    @Test
    void aPageHasTheColoursThatItsEditorsChose() {
        String dark = slug + "-dark";
        create("{\"slug\":\"%s\",\"title\":\"x\",\"theme\":\"dark\",\"published\":true}".formatted(dark));

        assertThat(api.anybody().get("/status/" + dark).body()).contains("<html lang=\"en\" class=\"dark\">");
        assertThat(api.anybody().get("/embed/" + dark).body()).contains("class=\"dark\"");
        assertThat(api.anybody().get("/embed/" + dark + "?theme=light").body()).contains("class=\"light\"");
        assertThat(api.anybody().get("/status/" + slug).body()).contains("class=\"system\"");
        assertThat(create("{\"slug\":\"%s-y\",\"title\":\"x\",\"theme\":\"pink\"}".formatted(slug))
                        .text("/errors/0/message"))
                .isEqualTo("theme is \"pink\"; it must be system, light or dark");
    }

    @Test
    void aPageHasAnAccentOfItsOwnThatItsPolicyKnows() throws Exception {
        String own = slug + "-own";
        create("{\"slug\":\"%s\",\"title\":\"x\",\"accent\":\"#7A1F5C\",\"accentDark\":\"#f2a6da\",\"published\":true}"
                .formatted(own));

        for (String path : List.of("/status/" + own, "/embed/" + own, "/status/" + slug)) {
            Answer page = api.anybody().get(path);
            String css = page.body().replaceAll("(?s).*<style>(.*)</style>.*", "$1");
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(css.getBytes(StandardCharsets.UTF_8));
            assertThat(page.header("Content-Security-Policy"))
                    .contains("style-src 'sha256-%s';"
                            .formatted(Base64.getEncoder().encodeToString(hash)))
                    .doesNotContain("unsafe");
            assertThat(css.contains(":root{--link:#7A1F5C}")).isEqualTo(path.endsWith(own));
            assertThat(css.contains(":root.dark{--link:#f2a6da}")).isEqualTo(path.endsWith(own));
        }
    }

    @Test
    void aLabelShowsTheWorstOfItsServices() {
        String labelled = slug + "-label";
        long good = labelled(labelled, "a");
        long bad = labelled(labelled, "b");
        facts.turn(good, State.UP);
        facts.turn(bad, State.DEGRADED);

        create("""
                {"slug":"%1$s","title":"x","published":true,
                 "sections":[{"components":[{"name":"Both","label":"page:%1$s"}]}]}""".formatted(labelled));

        assertThat(api.anybody().get("/status/" + labelled + ".json").text("/sections/0/components/0/health"))
                .isEqualTo("Slow");
        assertThat(api.anybody()
                        .get("/status/" + labelled + "/api/v2/summary.json")
                        .text("/components/0/status"))
                .isEqualTo("degraded_performance");
    }

    private long labelled(String label, String name) {
        return created(
                "{\"name\":\"%s\",\"url\":\"http://a.test/\",\"labels\":{\"page\":\"%s\"}}".formatted(name, label));
    }
}
