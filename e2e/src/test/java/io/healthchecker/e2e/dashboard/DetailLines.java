package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.healthchecker.testing.TestAuthority;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** One service: its page, its results, and the form by which it is made. */
abstract class DetailLines {
    private final Dashboard dashboard;

    DetailLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void aServiceThatIsDownSaysWhySinceWhenAndForHowLong() {
        try (Tab tab = dashboard.tab()) {
            long id = dashboard.stage().down();
            var page = tab.open("/services/" + id);
            page.waitForSelector(".uptimes strong");
            page.waitForSelector(".chart canvas");
            page.waitForSelector(".results tbody tr");

            assertThat(page.innerText(".service-head")).contains("Down", "payments", "503");
            assertThat(page.innerText(".uptimes")).doesNotContain("100 %", "NaN", "undefined");
            assertThat(page.locator(".chart .chart-space").getAttribute("aria-label"))
                    .isNotBlank();
            page.click("text=View as table");
            assertThat(page.locator(".tall tbody tr").count()).isPositive();

            page.locator(".results a").first().click();
            page.waitForSelector("dialog[open] .result");
            assertThat(page.url()).contains("/services/" + id + "/results/");
            String address = page.url();
            assertThat(page.innerText("dialog[open]")).contains("ASSERTION_FAILED", "HTTP 503");
            page.navigate(address);
            page.waitForSelector("dialog[open] .result");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void howLongACertificateLastsIsSaidOfTheServiceAndByItsBadge() {
        long left = Duration.between(Instant.now(), TestAuthority.END).toDays(); // it may be midnight meanwhile
        Pattern days = Pattern.compile("\\b(%,d|%1$d|%,d|%2$d) d".formatted(left, left - 1));
        long secure = dashboard.stage().secure();
        Awaitility.await("a check has looked at it")
                .atMost(Duration.ofSeconds(60))
                .until(() -> dashboard
                        .api()
                        .get("/api/v1/services/" + secure)
                        .body()
                        .at("/checks")
                        .hasNonNull("certificateEnds"));
        try (Tab tab = dashboard.tab()) {
            Page page = tab.settled("/services/" + secure);
            page.waitForSelector(".service-head .t-Up");
            assertThat(page.innerText(".certificate-ends"))
                    .contains("certificate valid until 1 Jan 2050")
                    .containsPattern(days);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(dashboard.api().text("/badge/" + Stage.SLUG + "/accounts/certificate.svg"))
                                    .contains("certificate")
                                    .containsPattern(days));

            tab.visit("/services/new");
            page.fill("[id='field-name']", "chain-only");
            page.click("summary");
            page.fill(
                    "[id='field-http.certificateAuthorities.value']",
                    dashboard.shop().authority());
            page.fill("[id='field-http.url']", dashboard.shop().url());
            page.keyboard().press("Control+Enter");
            page.waitForSelector(".side .result:has-text('Up')");
            page.fill("[id='field-http.url']", dashboard.shop().brokenUrl());
            page.keyboard().press("Control+Enter");
            page.waitForSelector(".side .result:has-text('TLS_UNTRUSTED')");
            page.evaluate("sessionStorage.removeItem('hc.draft')");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void anIncidentIsAcknowledgedByKeysAndNoted() {
        try (Tab tab = dashboard.tab()) {
            long incident = dashboard.stage().incident();
            var page = tab.open("/incidents/" + incident);
            page.waitForSelector(".incident .timeline li");
            page.keyboard().press("a");
            page.waitForSelector("dialog[open] textarea");
            page.keyboard().type("rolling back");
            page.click("dialog[open] button.primary");
            page.waitForSelector("text=Acknowledged by");
            assertThat(page.innerText(".incident")).contains("rolling back", Dashboard.EMAIL);
            page.click(".incident button:has-text('Note')");
            page.fill("dialog[open] textarea", "database pool exhausted");
            page.click("dialog[open] button.primary");
            page.waitForSelector(".timeline >> text=database pool exhausted");
            page.click(".incident button:has-text('Take back')");
            page.waitForSelector(".incident button:has-text('Acknowledge')");
            assertThat(tab.complaints()).isEmpty();
        }
    }
}
