package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.healthchecker.testing.ApiClient;
import org.junit.jupiter.api.Test;

/** A service that reports by itself: what it said, and where its job is to say it. */
abstract class HeartbeatLines {
    private static final String ADDRESS = ".report-line code";

    private final Dashboard dashboard;

    HeartbeatLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void showsWhereToReportAndWhatWasReported() {
        ApiClient api = dashboard.api();
        long id = api.post("/api/v1/services", """
                {"name": "nightly-backup", "heartbeat": {"cron": "0 3 * * *", "timeZone": "Europe/Berlin"}}""").body().path("id").asLong();
        try (Tab tab = dashboard.tab()) {
            Page page = tab.settled("/services/" + id);
            assertThat(page.innerText("main"))
                    .contains("The service has not reported yet.", "first report awaited", "0 3 * * * Europe/Berlin")
                    .doesNotContain("Check now", "Latency");
            String address = page.locator(ADDRESS).first().innerText();
            assertThat(address).startsWith(dashboard.origin() + "/api/v1/heartbeats/");
            assertThat(page.locator(ADDRESS).last().innerText())
                    .startsWith("0 3 * * * /path/to/job; curl ")
                    .endsWith(address + "/$?");

            assertThat(api.text(path(address))).isEqualTo("ok\n");
            page.waitForSelector(".facts dd:has-text('on time')");
            page.waitForSelector(".service-head .t-Up");
            assertThat(page.innerText(".facts")).contains("Last report", "Next due", "Down from");

            page.click("button:has-text('New address')");
            page.click("dialog[open] button.danger");
            page.waitForFunction(
                    "before => document.querySelector('.report-line code')?.textContent !== before", address);
            assertThat(api.get(path(address)).status()).isEqualTo(404);
            assertThat(api.text(path(page.locator(ADDRESS).first().innerText())))
                    .isEqualTo("ok\n");

            Axe axe = new Axe();
            axe.judge("a heartbeat", page);
            assertThat(axe.violations()).isEmpty();
            assertThat(tab.complaints()).isEmpty();
        }
        api.delete("/api/v1/services/" + id);
    }

    @Test
    void isMadeByAFormThatAsksForNoAnswers() {
        try (Tab tab = dashboard.tab()) {
            Page page = tab.settled("/services/new");
            page.click(".kinds button:has-text('Heartbeat')");
            assertThat(page.innerText("main"))
                    .contains("its page shows the address to which the job reports")
                    .doesNotContain("Run test", "What is right", "checks a day");
            assertThat(page.locator("[id='field-timeoutSeconds']").count()).isZero();
            page.fill("[id='field-name']", "weekly-report");
            page.fill("[id='field-heartbeat.cron']", "not a cron");
            page.click("button.primary:has-text('Save')");
            page.waitForSelector(".failure [href='#field-heartbeat.cron']");
            page.fill("[id='field-heartbeat.cron']", "0 6 * * 1");
            page.click("button.primary:has-text('Save')");
            page.waitForURL(url -> url.matches(".*/services/\\d+"));
            page.waitForSelector(ADDRESS);
            dashboard.api().delete("/api/v1/services/" + page.url().replaceAll(".*/", ""));
            assertThat(tab.complaints()).isEmpty();
        }
    }

    private String path(String address) {
        return address.substring(dashboard.origin().length());
    }
}
