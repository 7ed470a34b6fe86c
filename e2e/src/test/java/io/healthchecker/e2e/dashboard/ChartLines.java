package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.SelectOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The chart of a service: a part of its range is looked at more closely. */
abstract class ChartLines {
    private static final Pattern ZOOM = Pattern.compile("[?&]zoom=(\\d+)-(\\d+)");
    private static final int DAY = 86_400;

    private final Dashboard dashboard;

    ChartLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    /** What the address says is looked at, as epoch seconds. */
    private record Part(long from, long to) {
        static Part of(Page page) {
            Matcher zoom = ZOOM.matcher(page.url());
            assertThat(zoom.find()).as(page.url()).isTrue();
            return new Part(Long.parseLong(zoom.group(1)), Long.parseLong(zoom.group(2)));
        }

        long width() {
            return to - from;
        }
    }

    @Test
    void aPartOfTheRangeIsLookedAtByKeysByButtonsAndByDragging() {
        String path = "/services/" + dashboard.stage().remembered();
        try (Tab tab = dashboard.tab()) {
            Page page = tab.settled(path);
            page.waitForSelector(".chart canvas");
            assertThat(page.innerText("#latency-title + .soft")).isEqualTo("each point is 5 min");

            page.keyboard().press("+");
            page.keyboard().press("+");
            tab.settle();
            Part quarter = Part.of(page);
            assertThat(quarter.width()).isEqualTo(DAY / 4);
            assertThat(page.innerText("#latency-title + .soft")).isEqualTo("each point is 2 min");
            page.keyboard().press("[");
            assertThat(Part.of(page)).isEqualTo(new Part(quarter.from() - DAY / 8, quarter.to() - DAY / 8));
            page.keyboard().press("-");
            assertThat(Part.of(page).width()).isEqualTo(DAY / 2);
            page.keyboard().press("0");
            assertThat(page.url()).doesNotContain("zoom=");

            page.click("[aria-label=Closer]");
            page.click("[aria-label=Closer]");
            assertThat(Part.of(page).width()).isEqualTo(DAY / 4);
            page.click("[aria-label=Later]");
            page.click("[aria-label=Further]");
            page.click("[aria-label='The whole range']");
            assertThat(page.url()).doesNotContain("zoom=");

            tab.settle();
            BoundingBox chart = page.locator(".chart .u-over").boundingBox();
            page.mouse().move(chart.x + chart.width / 4, chart.y + 50);
            page.mouse().down();
            page.mouse().move(chart.x + chart.width / 2, chart.y + 50);
            page.mouse().up();
            page.waitForURL(ZOOM.asPredicate());
            Part dragged = Part.of(page);
            assertThat(dragged.width()).isBetween(DAY / 4L - 600, DAY / 4L + 600);
            tab.settle();
            String said = page.innerText(".zoomed");

            try (Tab other = dashboard.tab()) {
                Page elsewhere =
                        other.settled(page.url().substring(dashboard.origin().length()));
                assertThat(elsewhere.innerText(".zoomed")).isEqualTo(said);
            }
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void whatOneLocationSawIsAskedForByTheAddress() {
        try (Tab tab = dashboard.tab()) {
            Page page = tab.settled("/services/" + dashboard.stage().remembered() + "?location=default");
            page.waitForSelector(".chart canvas");
            assertThat(series(tab)).isNotEmpty().allMatch(url -> url.endsWith("&location=default"));
            page.selectOption("#latency-title ~ select", new SelectOption().setLabel("all locations"));
            tab.settle();
            assertThat(page.url()).doesNotContain("location=");
            assertThat(series(tab).getLast()).doesNotContain("location=");

            tab.settled("/services/" + dashboard.stage().remembered() + "?location=nowhere");
            assertThat(page.innerText(".failure")).contains("nowhere");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    private static List<String> series(Tab tab) {
        return tab.requests().stream()
                .map(Request::url)
                .filter(url -> url.contains("/series?"))
                .toList();
    }
}
