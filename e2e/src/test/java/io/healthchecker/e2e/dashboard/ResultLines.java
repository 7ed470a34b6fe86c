package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is kept of a check. */
abstract class ResultLines {
    private final Dashboard dashboard;

    ResultLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void aResultOfAnHourThatHasBeenAddedUpOpensWithItsPhases() {
        long id = dashboard.stage().remembered();
        JsonNode result = dashboard
                .api()
                .get("/api/v1/services/%d/health-checks?limit=1&to=%s"
                        .formatted(id, Instant.now().minus(Duration.ofHours(22)).truncatedTo(ChronoUnit.MILLIS)))
                .body()
                .at("/items/0");
        Instant slot = Instant.parse(result.path("slot").asString());
        Awaitility.await("its hour, one of the first, is added up")
                .atMost(Duration.ofSeconds(60))
                .until(() -> dashboard.fleet().isAddedUp(id, slot));
        try (Tab tab = dashboard.tab()) {
            Page page = tab.settled("/services/%d/results/%d~default".formatted(id, slot.toEpochMilli()));
            page.waitForSelector("dialog[open] .phases");
            // as they were written when it was made
            assertThat(page.locator("dialog .legend li").allInnerTexts())
                    .hasSize(5)
                    .anyMatch(phase -> phase.matches("(?U)DNS\\s+3\\sms"))
                    .anyMatch(phase -> phase.matches("(?U)TLS\\s+21\\sms"))
                    .anyMatch(phase -> phase.matches("(?U)connect\\s+11\\sms"))
                    .anyMatch(phase -> phase.matches("(?U)transfer\\s+4\\sms"));
            long total = Math.round(result.path("latencyMicros").asLong() / 1e3);
            assertThat(page.innerText("dialog .result p")).contains(Long.toString(total));
            assertThat(tab.complaints()).isEmpty();
        }
    }
}
