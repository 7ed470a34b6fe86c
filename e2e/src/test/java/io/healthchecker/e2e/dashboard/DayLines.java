package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Days and hours are those of the zone that is shown. What is expected is computed here, by java.time. */
abstract class DayLines {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int DAYS = 90;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.UK);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss", Locale.UK);

    private static final Map<Character, String> WORDS =
            Map.of('U', "Up", 'S', "Degraded", 'D', "Down", 'N', "Unknown", 'P', "Suspended");

    static final String PREFER = """
            async zone => (await import(document.querySelector('script[type=module]').src.replace('main.js', 'prefs.js'))).prefer({zone})""";

    private final Dashboard dashboard;

    DayLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    private String service() {
        return "/services/" + dashboard.stage().remembered();
    }

    @Test
    void barsOfRealDaysBeginWhereTheZoneSays() {
        try (Tab tab = dashboard.tab()) {
            Page page = tab.settled(service() + "?range=90d");
            page.evaluate(PREFER, "Pacific/Auckland"); // wherever this machine is, the next is another zone
            tab.settle();
            for (String zone : List.of("Europe/Paris", "Asia/Kolkata", "UTC")) {
                ZoneId in = ZoneId.of(zone);
                Response answer = page.waitForResponse(
                        response -> response.url().contains("range=90d&zone="), () -> page.evaluate(PREFER, zone));
                tab.settle();
                JsonNode bars = JSON.readTree(answer.body());
                List<Instant> starts = new ArrayList<>();
                bars.path("starts").forEach(start -> starts.add(Instant.parse(start.asString())));
                Instant to = Instant.parse(bars.path("to").asString());
                assertThat(starts).as(zone).isEqualTo(starts(to.atZone(in).toLocalDate(), in));
                String letters =
                        bars.at("/bars/" + dashboard.stage().remembered()).asString();
                // where it is past midnight already, a day may be an hour old
                assertThat(readOut(page))
                        .isEqualTo(DAY.format(to.atZone(in)) + ": " + WORDS.get(letters.charAt(letters.length() - 1)));
            }
            page.evaluate(PREFER, "local"); // which the next tab would remember
            assertThat(tab.complaints()).isEmpty();
        }
    }

    private static List<Instant> starts(LocalDate last, ZoneId zone) {
        return IntStream.range(0, DAYS)
                .mapToObj(n -> last.minusDays(DAYS - 1L - n).atStartOfDay(zone).toInstant())
                .toList();
    }

    /** What is said of the last bar. */
    private static String readOut(Page page) {
        page.focus(".heart-track");
        page.keyboard().press("End");
        return page.getAttribute(".heart-track", "aria-valuetext");
    }

    private record Change(String zone, LocalDate day) {}

    @Test
    void aDayOnWhichClocksChangeSaysItsHoursAndIsShownFromItsMidnightToTheNext() {
        LocalDate spring = LocalDate.parse("2026-03-29");
        LocalDate autumn = LocalDate.parse("2026-10-25");
        try (Tab tab = dashboard.tab()) {
            Page page = tab.settled(service());
            for (Change change : List.of(
                    new Change("Europe/Paris", spring),
                    new Change("Europe/Paris", autumn),
                    new Change("Asia/Kolkata", spring),
                    new Change("UTC", autumn))) {
                page.evaluate(PREFER, change.zone());
                look(tab, change.day(), ZoneId.of(change.zone()));
            }
            page.evaluate(PREFER, "local"); // which the next tab would remember
            assertThat(tab.complaints()).isEmpty();
        }
    }

    private void look(Tab tab, LocalDate day, ZoneId zone) {
        Page page = tab.page();
        List<Instant> starts = starts(day.plusDays(2), zone);
        answer(page, "/services/bars", bars(starts));
        answer(page, "/series", series(day, zone));
        answer(page, "/health-checks", results(day, zone));
        tab.visit(service() + "?range=90d");
        page.click("text=View as table");
        assertThat(page.locator(".tall tbody td:first-child").allInnerTexts()).isEqualTo(moments(day, zone));
        readOut(page);
        for (int i = DAYS - 2; i >= DAYS - 5; i--) {
            page.keyboard().press("ArrowLeft");
            assertThat(page.getAttribute(".heart-track", "aria-valuetext"))
                    .isEqualTo(said(starts.get(i), starts.get(i + 1), zone));
        }
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight"); // the day itself
        page.keyboard().press("Enter");
        page.waitForURL(url -> url.contains("tab=results"));
        assertThat(page.url())
                .contains("from=" + iso(day.atStartOfDay(zone).toInstant()))
                .contains("to=" + iso(day.plusDays(1).atStartOfDay(zone).toInstant()));
        tab.settle();
        assertThat(page.locator(".results tbody time").allInnerTexts()).isEqualTo(moments(day, zone));
        page.unrouteAll();
    }

    private static void answer(Page page, String part, Object body) {
        page.route(
                url -> URI.create(url).getPath().endsWith(part),
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(JSON.writeValueAsString(body))));
    }

    private static String said(Instant from, Instant to, ZoneId zone) {
        long hours = Duration.between(from, to).toHours();
        return DAY.format(from.atZone(zone)) + (hours == 24 ? "" : " (%d h)".formatted(hours)) + ": Up";
    }

    private static String iso(Instant instant) {
        return DateTimeFormatter.ISO_INSTANT.format(instant).replace("Z", ".000Z");
    }

    private Map<String, Object> bars(List<Instant> starts) {
        return Map.of(
                "starts",
                starts,
                "bars",
                Map.of(Long.toString(dashboard.stage().remembered()), "U".repeat(starts.size())));
    }

    /** Every hour of a day. */
    private static List<Instant> hours(LocalDate day, ZoneId zone) {
        Instant begin = day.atStartOfDay(zone).toInstant();
        Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
        return IntStream.range(0, (int) Duration.between(begin, end).toHours())
                .mapToObj(hour -> begin.plus(Duration.ofHours(hour)))
                .toList();
    }

    private static List<String> moments(LocalDate day, ZoneId zone) {
        return hours(day, zone).stream()
                .map(hour -> MOMENT.format(hour.atZone(zone)))
                .toList();
    }

    private static Map<String, Object> series(LocalDate day, ZoneId zone) {
        List<Instant> hours = hours(day, zone);
        Map<String, Object> series = new HashMap<>();
        series.put("stepSeconds", 3_600);
        series.put("t", hours.stream().map(Instant::getEpochSecond).toList());
        for (String column : List.of(
                "p50", "p95", "p99", "count", "down", "unknown", "dns", "connect", "tls", "firstByte", "transfer")) {
            series.put(column, hours.stream().map(_ -> 1).toList());
        }
        return series;
    }

    private Map<String, Object> results(LocalDate day, ZoneId zone) {
        return Map.of(
                "items",
                hours(day, zone).stream()
                        .map(hour -> Map.of(
                                "serviceId",
                                dashboard.stage().remembered(),
                                "slot",
                                hour,
                                "location",
                                "default",
                                "outcome",
                                "UP",
                                "latencyMicros",
                                40_000,
                                "text",
                                ""))
                        .toList());
    }
}
