package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What everybody may see. */
abstract class PublicLines {
    private static final String PAGE = "/status/" + Stage.SLUG;
    private static final String EMBED = "/embed/" + Stage.SLUG;
    private static final String BADGE = "/badge/" + Stage.SLUG + "/paying/";
    private static final String ATOM = "http://www.w3.org/2005/Atom";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_BYTES = 50_000;

    private static final List<String> FEEDS =
            List.of(PAGE + ".atom", PAGE + ".json", PAGE + "/api/v2/summary.json", PAGE + "/api/v2/status.json");
    private static final List<String> BADGES = List.of(
            BADGE + "state.svg", BADGE + "uptime.svg?range=30d", BADGE + "latency.svg", BADGE + "certificate.svg");

    private final Dashboard dashboard;

    PublicLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    private void awaitPage() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> JSON.readTree(dashboard.api().text(PAGE + ".json"))
                        .at("/sections/0/components/1/health")
                        .asString()
                        .equals("Down"));
    }

    @Test
    void aStatusPageIsWholeWithoutScript() {
        awaitPage();
        try (Tab tab = dashboard.anonymous(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = tab.page();
            Response answer = Objects.requireNonNull(page.navigate(dashboard.origin() + PAGE));
            assertThat(page.innerText("main"))
                    .contains(
                            "Shop status",
                            "Buying",
                            "Shop front",
                            "Paying",
                            "Accounts",
                            "Down",
                            "Incidents",
                            "90 days ago",
                            "today");
            assertThat(page.innerText("footer")).contains("Updated", "Atom", "JSON");
            Locator days = page.locator("main .days").nth(1);
            days.locator("input").last().focus();
            page.keyboard().press("Space");
            Locator today = days.locator("input:checked + span");
            assertThat(today.innerText()).contains("Down for ", "Incident since ");
            assertThat(today.boundingBox().height).isGreaterThan(10); // else only for those who do not see
            assertThat(answer.request().sizes().responseBodySize).isLessThanOrEqualTo(MOST_BYTES);
            assertThat(answer.headerValue("content-security-policy")).contains("frame-ancestors 'none'");
            assertThat(tab.responses()).hasSize(1); // it needs no other file
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void theFormOfAPageByLinkShowsItsLinkOnceAndGivesAnother() {
        try (Tab tab = dashboard.tab();
                Tab stranger = dashboard.anonymous()) {
            Page page = tab.settled("/status-pages/new");
            page.getByLabel("Title", new Page.GetByLabelOptions().setExact(true))
                    .fill("Partners");
            page.locator("input[pattern]").fill("partners");
            page.getByLabel("Published").check();
            page.getByLabel("Who sees it").selectOption("link");
            page.locator(".sticky-actions .primary").click();
            String link = page.locator(".secret code").innerText();
            page.keyboard().press("Escape");
            page.waitForURL("**/status-pages/*/edit");
            tab.settle();
            assertThat(page.locator("main").innerText()).doesNotContain(link);

            stranger.page().navigate(link);
            assertThat(stranger.page().innerText("h1")).isEqualTo("Partners");
            assertThat(status(stranger, "/status/partners")).isEqualTo(404);

            Response saved = page.waitForResponse(
                    answer -> answer.request().method().equals("PUT"),
                    () -> page.locator(".sticky-actions .primary").click());
            assertThat(saved.status()).isEqualTo(200);
            page.locator("header button")
                    .filter(new Locator.FilterOptions().setHasText("Renew the link"))
                    .click();
            page.locator("dialog .danger").click();
            String another = page.locator(".secret code").innerText();
            assertThat(status(stranger, another.substring(dashboard.origin().length())))
                    .isEqualTo(200);
            assertThat(status(stranger, link.substring(dashboard.origin().length())))
                    .isEqualTo(404);
            page.keyboard().press("Escape");
            dashboard.api().delete("/api/v1" + URI.create(page.url()).getPath().replace("/edit", ""));
            assertThat(tab.complaints()).isEmpty();
        }
    }

    private int status(Tab tab, String path) {
        return tab.page().request().get(dashboard.origin() + path).status();
    }

    @Test
    void nothingOfWithinIsInWhatEverybodyGets() {
        awaitPage();
        String target = Integer.toString(URI.create(dashboard.deadUrl()).getPort());
        String secure = Integer.toString(URI.create(dashboard.shop().url()).getPort());
        try (Tab tab = dashboard.anonymous()) {
            List<String> paths = new ArrayList<>(List.of(PAGE, EMBED));
            paths.addAll(FEEDS);
            for (String badge : BADGES) {
                paths.addAll(List.of(badge, badge.replace(".svg", ".json"), badge.replace(".svg", ".shields")));
            }
            for (String path : paths) {
                APIResponse answer = tab.page().request().get(dashboard.origin() + path);
                assertThat(answer.status()).as(path).isEqualTo(200);
                assertThat(answer.text() + answer.headers())
                        .as(path)
                        .doesNotContain("payments", "storefront", "127.0.0.1", "localhost", Dashboard.EMAIL)
                        .doesNotContain(":" + target, ":" + secure, "ASSERTION", "status (503)", "<script");
            }
        }
    }

    @Test
    void feedsAreWhatTheirReadersExpect() throws Exception {
        awaitPage();
        await("the incident is on the page")
                .atMost(Duration.ofSeconds(60))
                .until(() -> dashboard.api().text(PAGE + ".atom").contains("<entry>"));
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Element feed = factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(dashboard.api().text(PAGE + ".atom"))))
                .getDocumentElement();
        assertThat(feed.getNamespaceURI()).isEqualTo(ATOM);
        assertThat(feed.getLocalName()).isEqualTo("feed");
        assertThat(children(feed, "author"))
                .allSatisfy(author -> assertThat(text(author, "name")).isNotBlank());
        List<Element> entries = children(feed, "entry");
        assertThat(entries).isNotEmpty();
        List<String> ids = new ArrayList<>();
        List<Element> all = new ArrayList<>(entries);
        all.addFirst(feed);
        for (Element element : all) { // RFC 4287, 4.1.1 and 4.1.2
            assertThat(URI.create(text(element, "id")).isAbsolute()).isTrue();
            ids.add(text(element, "id"));
            assertThat(text(element, "title")).isNotBlank();
            OffsetDateTime.parse(text(element, "updated")); // 3.3: as RFC 3339 writes it
            assertThat(children(element, "link"))
                    .anyMatch(link -> link.getAttribute("rel").equals("alternate"))
                    .allSatisfy(link -> assertThat(
                                    URI.create(link.getAttribute("href")).getPath())
                            .startsWith("/status/"));
        }
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(children(feed, "author")).isNotEmpty(); // then entries need none
        assertThat(entries).allSatisfy(entry -> {
            OffsetDateTime.parse(text(entry, "published"));
            assertThat(text(entry, "content")).isNotBlank();
        });

        JsonNode page = JSON.readTree(dashboard.api().text(PAGE + ".json"));
        assertThat(page.path("title").asString()).isEqualTo("Shop status");
        assertThat(page.at("/sections/0/components")).hasSize(3);
        assertThat(page.at("/sections/0/components/1/health").asString()).isEqualTo("Down");
        OffsetDateTime.parse(page.path("at").asString());
        JsonNode summary = JSON.readTree(dashboard.api().text(PAGE + "/api/v2/summary.json"));
        assertThat(summary.at("/status/indicator").asString()).isEqualTo("major");
        assertThat(summary.path("components")).hasSize(4); // a group, and what belongs to it
        assertThat(summary.at("/incidents/0/status").asString()).isIn("investigating", "identified");
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element
                    && ATOM.equals(element.getNamespaceURI())
                    && name.equals(element.getLocalName())) {
                found.add(element);
            }
        }
        return found;
    }

    /** Of the one child of that name. */
    private static String text(Element parent, String name) {
        List<Element> found = children(parent, name);
        assertThat(found).as("%s of %s", name, parent.getLocalName()).hasSize(1);
        return found.getFirst().getTextContent();
    }

    @Test
    void aBadgeSaysItsWordInLettersAndInItsTitle() {
        awaitPage();
        try (Tab tab = dashboard.anonymous()) {
            for (String badge : BADGES) {
                Page page = tab.page();
                page.navigate(dashboard.origin() + badge);
                String title = (String) page.evaluate("document.querySelector('title').textContent");
                String letters = (String)
                        page.evaluate("[...document.querySelectorAll('text')].map(text => text.textContent).join(' ')");
                assertThat(title).as(badge).contains(": ");
                String word = title.substring(title.indexOf(": ") + 2);
                assertThat(letters).as(badge).contains(word);
                if (badge.contains("state")) {
                    assertThat(word).isEqualTo("■ down");
                }
            }
        }
    }

    @Test
    void onlyOriginsOfTheListMayFrameIt() {
        awaitPage();
        assertThat(framed("https://www.example.com", EMBED)).contains("Shop front");
        assertThat(framed("https://www.example.com", PAGE)).doesNotContain("Shop front");
        assertThat(framed("https://example.com", EMBED)).doesNotContain("Shop front");
        assertThat(framed("https://www.example.com.evil.example", EMBED)).doesNotContain("Shop front");
    }

    @Test
    void anEmbeddedPageHasTheColoursThatAreAskedFor() {
        awaitPage();
        try (Tab tab = dashboard.anonymous()) {
            Page page = tab.page();
            page.navigate(dashboard.origin() + EMBED + "?theme=dark");
            assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(15, 19, 24)");
        }
    }

    /** What a page of that origin shows in a frame. */
    private String framed(String origin, String path) {
        try (Tab tab = dashboard.anonymous()) {
            Page page = tab.page();
            page.route(
                    url -> url.startsWith(origin + "/"),
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("text/html")
                            .setBody("<iframe src=\"%s\"></iframe>".formatted(dashboard.origin() + path))));
            // a page of the internet may not reach for an address of this machine, whatever that would answer
            page.route(
                    dashboard.origin() + path,
                    route -> route.fulfill(new Route.FulfillOptions().setResponse(route.fetch())));
            page.navigate(origin + "/");
            return page.frameLocator("iframe").locator("html").innerText();
        }
    }
}
