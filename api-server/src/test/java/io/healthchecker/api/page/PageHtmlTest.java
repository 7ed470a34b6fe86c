package io.healthchecker.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.page.PublicPage.Component;
import io.healthchecker.api.page.PublicPage.Health;
import io.healthchecker.api.page.PublicPage.Outage;
import io.healthchecker.api.page.PublicPage.Section;
import io.healthchecker.api.page.PublicPage.TroubledDay;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageHtmlTest {
    private static final Instant AT = Instant.parse("2026-11-26T15:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    private static final int MOST_COMPONENTS = 100;
    private static final int BUDGET = 50_000;

    /** T25 of the dashboard's lines: the largest page that may be made, each component with troubles of its own. */
    @ParameterizedTest
    @ValueSource(ints = {10, 60, 100})
    void theLargestPageIsSmallOnceItIsCompressed(int percentOfBadDays) {
        var random = new Random(67);
        List<Component> components = IntStream.range(0, MOST_COMPONENTS)
                .mapToObj(i -> component("component-" + i, letters(random, percentOfBadDays), random))
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
                PageStyle.of(null, null),
                true,
                null);

        byte[] sent = Rendered.of("text/html", PageHtml.page(page, null))
                .answer(Duration.ZERO, "gzip")
                .getBody();

        assertThat(sent).hasSizeLessThan(BUDGET).hasSizeGreaterThan(BUDGET / 10);
    }

    private static String letters(Random random, int percentOfBadDays) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < PageReader.DAYS; i++) {
            letters.append(random.nextInt(100) >= percentOfBadDays ? 'U' : "SDNP-".charAt(random.nextInt(5)));
        }
        return letters.toString();
    }

    private static Component component(String name, String days, Random random) {
        return new Component(
                name,
                name,
                null,
                Health.OPERATIONAL,
                AT,
                days,
                troubles(days, random),
                99.9,
                100.0,
                Map.of(),
                null,
                null,
                List.of());
    }

    private static List<TroubledDay> troubles(String days, Random random) {
        LocalDate today = LocalDate.ofInstant(AT, ZoneOffset.UTC);
        return IntStream.range(0, days.length())
                .filter(i -> "SD".indexOf(days.charAt(i)) >= 0)
                .mapToObj(i -> trouble(today.minusDays(days.length() - 1L - i), days.charAt(i) == 'D', random))
                .toList();
    }

    private static TroubledDay trouble(LocalDate day, boolean down, Random random) {
        Instant opened = day.atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(random.nextInt(40_000));
        long seconds = random.nextLong(40_000);
        var incident = new Outage("x", Health.DOWN, opened, opened.plusSeconds(seconds));
        return new TroubledDay(day, down ? seconds : 0, random.nextLong(9_000), List.of(incident));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ---   | no data
        --U   | 1 day: 0 with an outage, 0 slow, 0 without data
        DNUSP | 5 days: 1 with an outage, 1 slow, 1 without data
        """)
    void aStripSaysWhatItShows(String letters, String said) {
        assertThat(DayStrip.html("a", letters, List.of(), DAY)).contains("aria-label=\"%s\"".formatted(said));
    }

    @Test
    void eachDaySaysItsDateAndWhatItWas() {
        assertThat(DayStrip.html("a", "-DN", List.of(), DAY))
                .contains("<span>28 Feb: Down</span>", "<span>1 Mar: No data</span>")
                .doesNotContain("27 Feb");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        D | 6600 | 0   | Down for 1 h 50 min
        D | 1    | 185 | Down for 1 s, slow for 3 min
        S | 0    | 59  | Slow for 59 s
        N | 0    | 0   | No data
        """)
    void aDaySaysHowLongItWasWhat(String letter, long down, long slow, String said) {
        assertThat(DayStrip.html("a", letter, List.of(new TroubledDay(DAY, down, slow, List.of())), DAY))
                .contains("<span>1 Mar: %s</span>".formatted(said));
    }

    @Test
    void aDaySaysWhichIncidentsItHadAndOfManyHowManyMore() {
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        List<Outage> incidents = new ArrayList<>(List.of(
                new Outage("a", Health.DOWN, noon.minusSeconds(86_400), noon),
                new Outage("b", Health.DOWN, noon.plusSeconds(60), null)));
        IntStream.range(0, 5).forEach(_ -> incidents.add(new Outage("c", Health.SLOW, noon, noon.plusSeconds(5))));

        assertThat(DayStrip.html("a", "D", List.of(new TroubledDay(DAY, 3, 0, incidents)), DAY))
                .contains("Incident 28 Feb 12:00 to 12:00 UTC<br>Incident since 12:01 UTC, not over yet<br>")
                .contains("Incident 12:00 to 12:00 UTC<br>2 more</span>");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "59, 59 s", "60, 1 min", "3599, 59 min", "6600, 1 h 50 min", "97200, 1 d 3 h"})
    void aStretchHasTwoUnitsAtMost(long seconds, String said) {
        assertThat(PageHtml.inWords(Duration.ofSeconds(seconds))).isEqualTo(said);
    }
}
