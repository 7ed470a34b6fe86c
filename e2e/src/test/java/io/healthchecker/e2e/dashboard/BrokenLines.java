package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Calls that fail, one at a time. */
abstract class BrokenLines {
    /** Asks for nothing of its own, so that the next screen begins anew. */
    private static final String ELSEWHERE = "/status-pages/new";

    private final Dashboard dashboard;

    BrokenLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    private List<String> screens() {
        if (dashboard.extent().whole()) {
            return dashboard.screens().all().stream()
                    .filter(path -> !path.startsWith("/services?")
                            && !path.equals("/services")
                            && !path.equals("/wall")
                            && !path.endsWith("/new"))
                    .toList();
        }
        return List.of(
                "/services/" + dashboard.stage().down(),
                "/incidents/" + dashboard.stage().incident());
    }

    @Test
    void aCallThatFailsCostsItsOwnPlaceAndCanBeMadeAgain() {
        List<String> found = new ArrayList<>();
        try (Tab tab = dashboard.tab()) {
            tab.settled(ELSEWHERE);
            for (String screen : screens()) {
                for (String call : callsOf(tab, screen)) {
                    tab.visit(ELSEWHERE);
                    Failing.calls(tab.page(), url -> isCall(url) && pathOf(url).equals(call));
                    Page page = tab.visit(screen);
                    String said = String.join(" ", page.locator(".failure").allInnerTexts());
                    if (!said.contains("the disk is full") || !said.contains(Failing.REQUEST)) {
                        found.add("%s does not say that %s failed".formatted(screen, call));
                    }
                    if (page.locator(".failure").count() > 1) {
                        found.add("%s fails in more than one place without %s".formatted(screen, call));
                    }
                    Failing.nothing(page);
                    page.locator(".failure button").all().forEach(Locator::click);
                    tab.settle();
                    if (page.locator(".failure").count() > 0) {
                        found.add("%s does not recover from %s".formatted(screen, call));
                    }
                }
            }
            assertThat(tab.complaints()).isEmpty();
        }
        assertThat(found).isEmpty();
    }

    private Set<String> callsOf(Tab tab, String screen) {
        int before = tab.requests().size();
        tab.visit(screen);
        Set<String> calls = new TreeSet<>();
        for (Request request : tab.requests().subList(before, tab.requests().size())) {
            if (isCall(request.url()) && request.method().equals("GET")) {
                calls.add(pathOf(request.url()));
            }
        }
        tab.visit(ELSEWHERE);
        return calls;
    }

    private static boolean isCall(String url) {
        String path = pathOf(url);
        // bars and the fleet itself are not of one screen: where they are missing, their place stays empty; the feed
        // brings
        // the figures of the system as well
        return path.startsWith("/api/v1/")
                && !path.contains("/auth/")
                && !path.matches(".*/services(/bars|/index)?|/api/v1/system");
    }

    private static String pathOf(String url) {
        return URI.create(url).getPath();
    }

    @Test
    void withoutTheIndexTheFirstRowsStayAndTheRestIsAskedForAgain() {
        try (Tab tab = dashboard.tab()) {
            Failing.calls(tab.page(), url -> url.contains("/services/index"));
            Page page = tab.open("/services");
            page.waitForSelector(".failure");
            assertThat(page.innerText(".failure")).contains("the disk is full", Failing.REQUEST);
            assertThat(page.locator(".row[data-id]").count()).isPositive();
            Failing.nothing(page);
            page.click(".failure button");
            page.waitForSelector(".count[data-state=Up] strong:text-matches('[0-9]')");
            assertThat(page.locator(".failure").count()).isZero();
        }
    }
}
