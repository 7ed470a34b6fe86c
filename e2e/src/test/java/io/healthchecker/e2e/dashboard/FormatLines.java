package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How figures and times are written. */
abstract class FormatLines {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss", Locale.forLanguageTag("en-GB"));

    // both sides of a change of the clocks, of a midnight with a half hour, of a year
    private static final Map<String, List<String>> INSTANTS = Map.of(
            "Europe/Paris",
            List.of("2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z", "2026-10-25T00:59:59Z", "2026-10-25T01:00:00Z"),
            "Asia/Kolkata",
            List.of("2026-03-29T18:29:59Z", "2026-03-29T18:30:00Z"),
            "UTC",
            List.of("2026-12-31T23:59:59Z"));

    private final Dashboard dashboard;

    FormatLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void noFigureFlatters() {
        try (Tab tab = dashboard.anonymous()) {
            var page = tab.open("/login");
            @SuppressWarnings("unchecked")
            var shown = (Map<String, String>) page.evaluate("""
                    async () => {
                      const f = await import(document.querySelector('script[type=module]').src.replace('main.js', 'format.js'));
                      const plain = text => text.replace(/[\\u202f\\u00a0]/g, ' ');
                      return Object.fromEntries(Object.entries({
                        nearly: f.percent(99.9996), all: f.percent(100), ordinary: f.percent(98.4099), none: f.percent(null), broken: f.percent(NaN),
                        quick: f.latency(0.4), milliseconds: f.latency(212.4), seconds: f.latency(1423), nothing: f.latency(undefined),
                        short: f.duration(6600), minutes: f.duration(1399), days: f.duration(90000), endless: f.duration(Infinity), never: f.moment(undefined), odd: f.clock('nonsense'),
                      }).map(([name, text]) => [name, plain(text)]));
                    }""");

            assertThat(shown)
                    .containsEntry("nearly", "99.999 %")
                    .containsEntry("all", "100 %")
                    .containsEntry("ordinary", "98.40 %")
                    .containsEntry("none", "no data")
                    .containsEntry("broken", "no data")
                    .containsEntry("quick", "< 1 ms")
                    .containsEntry("milliseconds", "212 ms")
                    .containsEntry("seconds", "1.42 s")
                    .containsEntry("short", "1 h 50 min")
                    .containsEntry("minutes", "23 min")
                    .containsEntry("days", "1 d 1 h");
            assertThat(shown.values())
                    .noneMatch(text -> text.contains("NaN") || text.contains("undefined") || text.contains("Invalid"));
        }
    }

    @Test
    void timesAreThoseOfTheZone() {
        try (Tab tab = dashboard.anonymous()) {
            Page page = tab.open("/login");
            INSTANTS.forEach((zone, instants) -> instants.forEach(instant -> {
                String shown = (String) page.evaluate("""
                        async ([zone, instant]) => {
                          const base = document.querySelector('script[type=module]').src.replace('main.js', '');
                          const { prefer } = await import(base + 'prefs.js');
                          const { moment } = await import(base + 'format.js');
                          prefer({ zone });
                          return moment(instant);
                        }""", List.of(zone, instant));

                String expected = MOMENT.format(Instant.parse(instant).atZone(ZoneId.of(zone)));
                assertThat(parts(shown))
                        .as("%s in %s", instant, zone)
                        .containsExactlyInAnyOrderElementsOf(parts(expected));
            }));
        }
    }

    /** Day, month, year and time, in whatever order a language puts them. */
    private static List<String> parts(String moment) {
        return List.of(moment.replace(",", "").split(" "));
    }
}
