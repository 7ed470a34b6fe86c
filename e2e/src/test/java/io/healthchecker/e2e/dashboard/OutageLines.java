package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The database is gone for a while. */
abstract class OutageLines {
    private final Dashboard dashboard;

    OutageLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void withoutTheDatabaseWhatWatchesTheWatcherAndThePublicPageStillAnswer() {
        try (Tab tab = dashboard.tab();
                Tab stranger = dashboard.anonymous()) {
            tab.settled("/services");
            dashboard.product().postgres().stop();
            try {
                Page system = tab.visit("/admin/system");
                system.waitForSelector(".verdict");
                system.waitForSelector("text=unknown since");
                assertThat(system.innerText("main")).doesNotContain("NaN");
                assertThat(system.innerText(".coverage")).contains("Nothing is known since");

                assertThat(stranger.settled("/status/" + Stage.SLUG).innerText("body"))
                        .contains("Shop status", "Paying");
                Page signIn = stranger.settled("/login");
                signIn.fill("input[name=email]", Dashboard.EMAIL);
                signIn.fill("input[name=password]", Dashboard.PASSWORD);
                signIn.click("form button.primary");
                signIn.waitForSelector("[role=alert]");
                assertThat(signIn.innerText("[role=alert]")).containsIgnoringCase("database");
            } finally {
                dashboard.product().postgres().startAgain();
            }
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> dashboard.api().get("/api/v1/services?limit=1").status() == 200);
        }
    }
}
