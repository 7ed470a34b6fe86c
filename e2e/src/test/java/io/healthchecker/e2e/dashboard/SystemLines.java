package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.WaitForSelectorState;
import org.junit.jupiter.api.Test;

/** Who watches the watcher. */
abstract class SystemLines {
    private static final String COVERAGE =
            "\"coverage\":[{\"kind\":\"LATE\",\"location\":\"sin\",\"latenessMillis\":48000,\"services\":214}]";

    private static final String VERDICTS = """
            () => {
              const [shown, announced] = ['.verdict', 'main [role=status]'].map(part => document.querySelector(part).textContent);
              return shown.length > 10 && shown.replace(/[0-9.]+/g, '') === announced.replace(/[0-9.]+/g, '');
            }""";

    private final Dashboard dashboard;

    SystemLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void eachFigureHasAThresholdItsLastHourAndARunbook() {
        try (Tab tab = dashboard.tab()) {
            Page page = tab.settled("/admin/system");
            page.waitForSelector(
                    ".spark .seen", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
            Locator figures = page.locator(".figure");
            assertThat(figures.count()).isEqualTo(11);
            assertThat(figures.allInnerTexts())
                    .allSatisfy(text -> assertThat(text)
                            .containsPattern("at most|at least|no threshold")
                            .contains("as of", "Last hour", "What to do"));
            assertThat(page.locator(".figure .spark .seen").first().getAttribute("d"))
                    .as("begins where somebody began to look, not an hour ago")
                    .doesNotStartWith("M0 ");

            page.locator(".figure summary").last().click();
            page.waitForSelector(".figure details[open] tbody tr");
            assertThat(page.locator(".figure details[open] tbody tr").allInnerTexts())
                    .hasSize(12)
                    .anyMatch(row -> row.contains("no data"))
                    .anyMatch(row -> row.contains("ms"));
            assertThat(page.locator("section:has(#workers-title) tbody tr")
                            .first()
                            .innerText())
                    .contains("default", "alive")
                    .containsPattern("ahead|behind");
            assertThat(page.evaluate(VERDICTS))
                    .as("the same but for figures, which change without being announced")
                    .isEqualTo(true);

            page.click(".figure a[href$='#queue']");
            page.waitForFunction("() => document.activeElement.id === 'queue'");
            assertThat(page.locator("section:has(#queue)").innerText()).contains("Says", "Normal", "Do", "Add workers");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void everyPageSaysWhatCannotBeKnownAndNothingMovesForIt() {
        try (Tab tab = dashboard.tab()) {
            tab.page().routeWebSocket(url -> url.contains("/services/ws"), socket -> {
                WebSocketRoute server = socket.connectToServer();
                server.onMessage(frame -> socket.send(
                        frame.text().contains("\"type\":\"hello\"")
                                ? frame.text().replaceFirst("}$", "," + COVERAGE + "}")
                                : frame.text()));
            });
            Page page = tab.open("/services");
            page.waitForSelector(".coverage");
            assertThat(page.innerText(".coverage li"))
                    .matches("(?U)Checks in sin are 48.00\\ss late: 214 services are Unknown, not Down");
            assertThat(page.evaluate("getComputedStyle(document.querySelector('.coverage')).position"))
                    .isEqualTo("fixed");
            tab.visit("/incidents");
            assertThat(page.locator(".coverage").count()).isEqualTo(1);
            page.click(".coverage a");
            page.waitForSelector(".verdict");
            assertThat(tab.complaints()).isEmpty();
        }
    }
}
