package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Those who have nothing yet, and those who may only look. */
abstract class TeamLines {
    private static final String VIEWER = "viewer@example.com";
    private static final String OFFERS =
            "(?s).*\\b(New service|New status page|Check now|Suspend|Resume|Acknowledge|Note|Delete|Save|Invite|Edit|Label)\\b.*";

    private static final String REASON = ".nothing h2, .first-run h2";
    private static final String ACTION = ".nothing :is(a, button):visible, .first-run > header :is(a, button):visible";

    private final Dashboard dashboard;

    TeamLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void anEmptyTeamIsToldWhyAndWhatToDoAboutIt() {
        List<String> found = new ArrayList<>();
        try (Tab tab = dashboard.tabOf("nobody@example.com", Dashboard.screen(1280, 900, ColorScheme.LIGHT))) {
            for (String path : Screens.ofAnEmptyTeam()) {
                Page page = tab.visit(path);
                if (page.locator(REASON).allInnerTexts().stream().allMatch(String::isBlank)) {
                    found.add(path + " does not say why it is empty");
                }
                List<String> offered = page.locator(ACTION).allInnerTexts();
                if (offered.size() != 1) {
                    found.add("%s offers %s".formatted(path, offered));
                }
            }
            assertThat(tab.complaints()).isEmpty();
        }
        assertThat(found).isEmpty();
    }

    @Test
    void theFirstStepsAreTickedAsTheyAreDone() {
        try (Tab tab = dashboard.tabOf("first@example.com", Dashboard.screen(1280, 900, ColorScheme.LIGHT))) {
            Page page = tab.page();
            page.waitForSelector(".first-run .steps li");
            assertThat(toDo(page)).containsExactly("Add a service", "See its first result", "Invite someone");
            assertThat(page.locator(".first-run .ways pre").allInnerTexts())
                    .hasSize(3)
                    .anyMatch(way -> way.contains("kubectl apply"))
                    .anyMatch(way -> way.contains("curl"))
                    .anyMatch(way -> way.contains("--checks"));

            page.click(".steps a:has-text('Add a service')");
            page.fill("[id='field-name']", "first");
            page.fill("[id='field-http.url']", dashboard.wellUrl());
            page.click("button.primary:has-text('Save')");
            page.waitForURL(url -> url.matches(".*/services/\\d+"));
            page.waitForSelector(".service-head .t-Up"); // nobody reloads
            tab.visit("/services");
            page.waitForSelector(".row[data-id] .w-Up");
            page.waitForSelector(".first-steps li.soft >> nth=1");
            assertThat(toDo(page)).containsExactly("Invite someone");
            page.click(".first-steps button");
            page.waitForSelector(".first-steps", Opened.gone());
            tab.settled("/services");
            page.waitForSelector(".row[data-id] .w-Up");
            assertThat(page.locator(".first-steps").count()).isZero();
            assertThat(tab.complaints()).isEmpty();
        }
    }

    private static List<String> toDo(Page page) {
        return page.locator(".steps li:not(.soft) a, .steps li:not(.soft):not(:has(a))").allInnerTexts().stream()
                .map(text -> text.replaceAll("[☐\n]|to do", "").strip())
                .toList();
    }

    @Test
    void aViewerIsOfferedNothingThatWouldBeRefused() {
        List<String> found = new ArrayList<>();
        try (Tab tab = dashboard.tabOf(VIEWER, Dashboard.screen(1280, 900, ColorScheme.LIGHT))) {
            int team = dashboard
                    .api()
                    .get("/api/v1/teams")
                    .body()
                    .path("items")
                    .path(0)
                    .path("id")
                    .asInt();
            dashboard
                    .api()
                    .post(
                            "/api/v1/teams/%d/members".formatted(team),
                            "{\"email\": \"%s\", \"role\": \"viewer\"}".formatted(VIEWER));
            tab.settled("/services?team=" + team);
            int before = tab.requests().size();
            for (String path : dashboard.screens().all()) {
                Page page = tab.visit(path);
                for (String offered : page.locator("main :is(button, a.button):visible:enabled")
                        .allInnerTexts()) {
                    if (offered.matches(OFFERS)) {
                        found.add("%s offers %s".formatted(path, offered));
                    }
                }
                page.keyboard().press("c");
                page.keyboard().press("p");
                page.keyboard().press("a");
                tab.settle();
            }
            for (Request request : tab.requests().subList(before, tab.requests().size())) {
                if (!request.method().equals("GET") && !request.url().matches(".*/(auth/\\w+|ws-tickets)")) {
                    found.add("%s %s".formatted(request.method(), request.url()));
                }
            }
            assertThat(tab.complaints()).isEmpty();
        }
        assertThat(found).isEmpty();
    }
}
