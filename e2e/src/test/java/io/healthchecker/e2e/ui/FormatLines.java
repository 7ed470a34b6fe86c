package io.healthchecker.e2e.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How figures and times are written. */
abstract class FormatLines {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss", Locale.forLanguageTag("en-GB"));

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

    @ParameterizedTest
    @CsvSource({
        "Europe/Paris, 2026-03-29T00:59:59Z",
        "Europe/Paris, 2026-03-29T01:00:00Z",
        "Europe/Paris, 2026-10-25T00:59:59Z",
        "Europe/Paris, 2026-10-25T01:00:00Z",
        "Asia/Kolkata, 2026-03-29T18:29:59Z",
        "Asia/Kolkata, 2026-03-29T18:30:00Z",
        "UTC, 2026-12-31T23:59:59Z",
    })
    void timesAreThoseOfTheZone(String zone, Instant instant) {
        try (Tab tab = dashboard.anonymous()) {
            String shown = (String) tab.open("/login").evaluate("""
                            async ([zone, instant]) => {
                              const base = document.querySelector('script[type=module]').src.replace('main.js', '');
                              const { prefer } = await import(base + 'prefs.js');
                              const { moment } = await import(base + 'format.js');
                              prefer({ zone });
                              return moment(instant);
                            }""", List.of(zone, instant.toString()));

            String expected = MOMENT.format(instant.atZone(ZoneId.of(zone)));
            assertThat(parts(shown)).containsExactlyInAnyOrderElementsOf(parts(expected));
        }
    }

    /** Day, month, year and time, in whatever order a language puts them. */
    private static List<String> parts(String moment) {
        return List.of(moment.replace(",", "").split(" "));
    }
}
