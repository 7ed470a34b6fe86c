package io.healthchecker.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.operator.status.StatusSettings.Reporting;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "https://health.example.com, https://health.example.com/services/7",
        "https://health.example.com/, https://health.example.com/services/7",
        "http://localhost:8080/hc/, http://localhost:8080/hc/services/7",
    })
    void theLinkLeadsToTheService(String dashboard, String link) {
        assertThat(with(dashboard).dashboardUrl(7)).isEqualTo(link);
    }

    @Test
    void withoutADashboardThereIsNoLink() {
        assertThat(with("").dashboardUrl(7)).isNull();
        assertThat(with(null).dashboardUrl(7)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"health.example.com", "ftp://health.example.com", "https:///services", "javascript:alert(1)"})
    void anAddressThatIsNoneIsRefused(String dashboard) {
        assertThatThrownBy(() -> with(dashboard))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hc.status.dashboard-url is " + dashboard);
    }

    @Test
    void boundsAreNamed() {
        assertThatThrownBy(() -> new StatusSettings(
                        Reporting.TRANSITIONS,
                        Duration.ofSeconds(10),
                        0,
                        60,
                        Duration.ofMillis(250),
                        Duration.ofHours(1),
                        null))
                .hasMessage("hc.status.writes-per-second is 0; it must be 1 to 1000");
    }

    private static StatusSettings with(@Nullable String dashboard) {
        return new StatusSettings(
                Reporting.TRANSITIONS,
                Duration.ofSeconds(10),
                20,
                60,
                Duration.ofMillis(250),
                Duration.ofHours(1),
                dashboard == null ? null : URI.create(dashboard));
    }
}
