package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.ColorScheme;
import io.healthchecker.testing.ApiClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What somebody does and the server cannot do: it is said, and can be done again. */
abstract class RefusedLines {
    private static final String SAID = ".toast.bad, .failure";

    /** What is asked for by screens that are looked at by themselves, here and in {@link BrokenLines}. */
    private static final Set<String> APART = Set.of(
            "GET /services",
            "GET /services/index",
            "GET /services/facets",
            "GET /bulk-jobs/{}",
            "DELETE /incidents/{}/acknowledge",
            "POST /status-pages/{}/link",
            "POST /auth/{}",
            "POST /auth/refresh",
            "POST /auth/logout",
            "POST /ws-tickets"); // the chip of the feed says so, and tries again by itself

    /** Those that once failed in silence. */
    private static final Set<String> FEW =
            Set.of("GET /audit/export", "GET /services/{}/health-checks", "POST /services:parse");

    private final Dashboard dashboard;

    RefusedLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void eachCallOfTheScriptsIsLookedAt() throws IOException {
        Set<String> known = new TreeSet<>(APART);
        Asked.shown(dashboard.stage(), 0).forEach(asked -> known.add(asked.call()));
        Asked.done(dashboard.stage(), 0).forEach(asked -> known.add(asked.call()));
        assertThat(known).containsAll(Asked.ofAllScripts());
    }

    @Test
    void whatCannotBeDoneIsSaidWithTheReasonAndTheRequest() {
        List<String> found = new ArrayList<>();
        ApiClient api = dashboard.api();
        long heartbeat = BrokenLines.heartbeat(api, "reports-seldom");
        int team = api.get("/api/v1/teams").body().at("/items/0/id").asInt();
        dashboard.apiOf("other@example.com");
        api.post(
                "/api/v1/teams/%d/members".formatted(team), "{\"email\": \"other@example.com\", \"role\": \"editor\"}");
        api.post("/api/v1/tokens", "{\"name\": \"kept\", \"scope\": \"viewer\", \"expiresInDays\": 7}");
        api.post("/api/v1/views", "{\"name\": \"kept\", \"query\": \"state=Down\", \"shared\": false}");
        try (Tab tab = dashboard.tab()) {
            Page page = tab.open(BrokenLines.ELSEWHERE);
            page.onDialog(Dialog::accept); // leaves what was entered
            for (Asked asked : Asked.done(dashboard.stage(), heartbeat)) {
                if (dashboard.extent().whole() || FEW.contains(asked.call())) {
                    asked.fail(page);
                    asked.ask(tab);
                    expect(asked.toString(), page, found);
                    tab.go(BrokenLines.ELSEWHERE);
                }
            }

            String acknowledgement =
                    "/incidents/%d/acknowledge".formatted(dashboard.stage().incident());
            api.post("/api/v1" + acknowledgement, "{}");
            tab.go("/incidents/" + dashboard.stage().incident());
            Failing.calls(page, "DELETE", url -> url.endsWith(acknowledgement));
            page.click(".incident button:has-text('Take back')");
            expect("to take back an acknowledgement", page, found);
            api.delete("/api/v1" + acknowledgement);

            long byLink = api.post(
                            "/api/v1/status-pages",
                            "{\"slug\": \"refused-link\", \"title\": \"By link\", \"published\": true, \"visibility\": \"link\", \"sections\": []}")
                    .body()
                    .path("id")
                    .asLong();
            Failing.calls(page, url -> url.endsWith("/link"));
            tab.go("/status-pages/%d/edit".formatted(byLink));
            page.click("main header button");
            page.click("dialog .danger");
            expect("to make another link", page, found);
            api.delete("/api/v1/status-pages/" + byLink);

            tab.go("/services/" + heartbeat);
            page.click(".service-head button:has-text('Suspend')");
            Failing.calls(page, "PATCH", _ -> true);
            page.click(".toast >> text=Undo");
            expect("to undo", page, found);

            String job =
                    "{\"id\": 1, \"state\": \"running\", \"done\": 0, \"matched\": 2, \"changed\": [], \"leftOut\": [], \"failed\": []}";
            page.route(
                    url -> url.endsWith("/services:bulk"),
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("application/json")
                            .setBody(job)));
            Failing.calls(page, url -> url.contains("/bulk-jobs/"));
            tab.go("/services?q=cart");
            page.waitForSelector(".row[data-id]");
            page.keyboard().press("j");
            page.keyboard().press("x");
            page.click(".selection >> text=Select all");
            page.click(".selection >> text=Suspend");
            expect("to hear of a job", page, found);
            assertThat(tab.complaints()).isEmpty();
        } finally {
            api.delete("/api/v1/services/" + heartbeat);
        }
        assertThat(found).isEmpty();
    }

    private static void expect(String what, Page page, List<String> found) {
        try {
            page.waitForSelector(SAID, new Page.WaitForSelectorOptions().setTimeout(20_000));
            String said = String.join(" ", page.locator(SAID).allInnerTexts());
            if (!said.contains("the disk is full") || !said.contains(Failing.REQUEST)) {
                found.add("%s says %s".formatted(what, said));
            }
        } catch (TimeoutError late) {
            found.add(what + " fails in silence");
        }
        Failing.nothing(page);
        page.evaluate("document.querySelectorAll('.toast [aria-label=Dismiss]').forEach(button => button.click())");
        page.waitForSelector(".toast", Opened.gone());
    }

    @Test
    void whoCannotSignInOrOutIsToldWhy() {
        List<String> found = new ArrayList<>();
        try (Tab tab = dashboard.anonymous(Dashboard.screen(1280, 900, ColorScheme.LIGHT))) {
            Page page = tab.page();
            Failing.calls(page, url -> url.contains("/auth/refresh"));
            tab.open("/services");
            page.waitForSelector(".failure button");
            expect("to take up a session", page, found);
            page.click(".failure button");
            page.waitForSelector("form.sign-in");

            Failing.calls(page, url -> url.contains("/auth/login"));
            page.fill("input[name=email]", Dashboard.EMAIL);
            page.fill("input[name=password]", Dashboard.PASSWORD);
            page.click("form button.primary");
            expect("to sign in", page, found);
            page.click("form button.primary");
            page.waitForSelector(".row[data-id]");

            Failing.calls(page, url -> url.contains("/auth/logout"));
            page.click(".bar [aria-label^=Account]");
            page.click(".menu >> text=Sign out");
            expect("to sign out", page, found);
            assertThat(page.locator(".row[data-id]").count()).isPositive();
            assertThat(tab.complaints()).isEmpty();
        }
        assertThat(found).isEmpty();
    }
}
