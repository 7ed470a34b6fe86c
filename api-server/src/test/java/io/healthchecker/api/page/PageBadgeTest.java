package io.healthchecker.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.core.check.CertificateEnd;
import io.healthchecker.core.check.CertificateTable;
import io.healthchecker.core.verdict.State;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageBadgeTest extends PublishedPage {
    @Test
    void badgesSayTheirWordInEveryoneElsesAddresses() {
        facts.turn(shown, State.UP);
        refresh();

        for (String path : List.of(
                "/badge/%s/checkout/state.svg".formatted(slug),
                "/api/badge/%d/status?upLabel=fine&label=shop&style=flat-square&upColor=red".formatted(shown))) {
            Answer badge = api.anybody().get(path);
            assertThat(badge.header("Content-Type")).isEqualTo("image/svg+xml");
            assertThat(badge.body()).contains("<title>", path.contains("fine") ? "shop: fine" : "status: ✓ up");
            assertThat(badge.header("ETag")).isNotEmpty();
            assertThat(badge.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
        }
        assertThat(api.anybody()
                        .get("/badge/%s/checkout/uptime.shields?range=7d".formatted(slug))
                        .text("/label"))
                .isEqualTo("uptime 7d");
        assertThat(api.anybody()
                        .get("/api/badge/%d/status?label=%%3Cscript%%3E&color=%%22x".formatted(shown))
                        .body())
                .doesNotContain("<script>")
                .contains("&lt;script&gt;");
    }

    @Test
    void theCertificateBadgeCountsItsDays() {
        String badge = "/badge/%s/checkout/certificate.json".formatted(slug);
        assertThat(api.anybody().get(badge).text("/message")).isEqualTo("no data");

        certificate(Duration.ofHours(41 * 24 + 1));
        assertThat(api.anybody().get(badge).text("/message")).isEqualTo("41 days");
        assertThat(api.anybody().get(badge).text("/color")).isEqualTo("#40cc11");
        assertThat(api.anybody().get("/api/badge/%d/cert-exp".formatted(shown)).body())
                .contains("certificate: 41 days");
        certificate(Duration.ofMinutes(-1));
        assertThat(api.anybody().get(badge).text("/message")).isEqualTo("expired");
        assertThat(api.anybody().get(badge).text("/color")).isEqualTo("#c7130a");
    }

    private void certificate(Duration left) {
        new CertificateTable(api.sql())
                .remember(List.of(new CertificateEnd(shown, 1, Instant.now().plus(left))));
        refresh();
    }

    @Test
    void anEndpointMayHaveANameOfAnyLetters() {
        String page = slug + "-letters";
        create("""
                {"slug":"%s","title":"x","published":true,
                 "sections":[{"title":"Läden EU","components":[{"name":"決済.%1$s","serviceId":%d}]}]}""".formatted(page, shown));
        facts.turn(shown, State.UP);
        refresh();
        String key = URLEncoder.encode("läden-eu_決済-" + page, StandardCharsets.UTF_8);

        Answer badge = api.anybody().get("/api/v1/endpoints/%s/health/badge.svg".formatted(key));
        assertThat(badge.status()).as(badge.toString()).isEqualTo(200);
        assertThat(badge.body()).contains("status: ✓ up");
        assertThat(api.anybody()
                        .get("/api/v1/endpoints/%s/uptimes/7d/badge.svg".formatted(key))
                        .status())
                .isEqualTo(200);
        for (String other : List.of("%2e%2e", "%2F", "a%3Bb", "%c3%a4%2fx", "a%25b")) {
            assertThat(api.anybody()
                            .get("/api/v1/endpoints/%s/health/badge.svg".formatted(other))
                            .status())
                    .as(other)
                    .isIn(400, 401, 404);
        }
    }
}
