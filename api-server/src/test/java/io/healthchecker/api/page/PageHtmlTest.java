package io.healthchecker.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.page.PublicPage.Component;
import io.healthchecker.api.page.PublicPage.Health;
import io.healthchecker.api.page.PublicPage.Section;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageHtmlTest {
    private static final Instant AT = Instant.parse("2026-11-26T15:00:00Z");
    private static final int MOST_COMPONENTS = 100;
    private static final int BUDGET = 50_000;

    /** T25 of the dashboard's lines: the largest page that may be made, each component with troubles of its own. */
    @Test
    void theLargestPageIsSmallOnceItIsCompressed() {
        var random = new Random(67);
        List<Component> components = IntStream.range(0, MOST_COMPONENTS)
                .mapToObj(i -> component("Component " + i, letters(random)))
                .toList();
        var page = new PublicPage(
                "acme",
                "Acme",
                null,
                Health.OPERATIONAL,
                AT,
                null,
                List.of(new Section("All", components)),
                List.of(),
                false,
                List.of(),
                "system",
                true,
                null);

        byte[] sent = Rendered.of("text/html", PageHtml.page(page, null))
                .answer(Duration.ZERO, "gzip")
                .getBody();

        assertThat(sent).hasSizeLessThan(BUDGET).hasSizeGreaterThan(BUDGET / 10);
    }

    private static String letters(Random random) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < PageReader.DAYS; i++) {
            letters.append(random.nextInt(10) > 0 ? 'U' : "SDNP-".charAt(random.nextInt(5)));
        }
        return letters.toString();
    }

    private static Component component(String name, String days) {
        return new Component(
                name, name, null, Health.OPERATIONAL, AT, days, 99.9, 100.0, Map.of(), null, null, List.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ---   | no data
        --U   | 1 day: 0 with an outage, 0 slow, 0 without data
        DNUSP | 5 days: 1 with an outage, 1 slow, 1 without data
        """)
    void aStripSaysWhatItShows(String letters, String said) {
        assertThat(DayStrip.svg(letters, LocalDate.of(2026, 3, 1))).contains("aria-label=\"%s\"".formatted(said));
    }

    @Test
    void eachDaySaysItsDateAndWhatItWas() {
        assertThat(DayStrip.svg("-DN", LocalDate.of(2026, 3, 1)))
                .contains("<title>28 Feb: Down</title>", "<title>1 Mar: No data</title>")
                .doesNotContain("27 Feb");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "59, 59 s", "60, 1 min", "3599, 59 min", "6600, 1 h 50 min", "97200, 1 d 3 h"})
    void aStretchHasTwoUnitsAtMost(long seconds, String said) {
        assertThat(PageHtml.inWords(Duration.ofSeconds(seconds))).isEqualTo(said);
    }
}
