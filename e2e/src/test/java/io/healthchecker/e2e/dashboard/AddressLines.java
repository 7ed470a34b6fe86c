package io.healthchecker.e2e.dashboard;

import static io.healthchecker.e2e.dashboard.ShownList.ORDER;
import static io.healthchecker.e2e.dashboard.ShownList.awaitAll;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is shown stands in the address, all of it and nowhere else. */
abstract class AddressLines {
    // everything that an address decides; what is counted or measured may differ from one look to the next
    private static final String SHOWN = """
            () => {
              const all = (selector, read) => [...document.querySelectorAll(selector)].map(read);
              return JSON.stringify({
                rows: %s,
                groups: all('.row.group', node => node.dataset.group + node.ariaExpanded),
                tiles: all('.tile-card, .dots a', node => node.getAttribute('href')).slice(0, 20),
                search: all('#search', node => node.value),
                pressed: all('main [aria-pressed=true]', node => node.textContent.replace(/\\d/g, '').trim()),
                chips: all('main .chip:not(.add)', node => node.textContent),
                sorted: all('[aria-sort]:not([aria-sort=none])', node => node.className + node.ariaSort),
                chosen: all('main select', node => node.value),
                current: all('.uptimes [aria-current], .tabs [aria-current]', node => node.getAttribute('href')),
                open: all('dialog[open] h2', node => node.textContent),
              });
            }""".formatted(ORDER);

    // whatever an older or newer page, or another program, may have left behind
    private static final List<String> LEFT_BEHIND = List.of(
            "{\"filter\": \"state=Down\", \"q\": \"nothing\", \"view\": \"tiles\", \"collapsed\": [\"namespace/\"], \"notify\": \"?state=Down\"}",
            "{\"density\": \"compact\", \"theme\": null, \"zone\": \"Asia/Kolkata\", \"sort\": \"name\", \"by\": \"label:app\"}",
            "not JSON");

    // rows that are lower show more of them
    private static final String FIRST = "n => " + ORDER + ".slice(0, n)";
    private static final String COUNTS = "[...document.querySelectorAll('.count')].map(node => node.textContent)";

    private static final int TILES = 4; // the last of the places of the list

    private final Dashboard dashboard;

    AddressLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    /** An address, and what is shown there. */
    private record Place(String path, String shown) {}

    private static Place placeOf(Tab tab, String origin) {
        Page page = tab.settle();
        return new Place(page.url().substring(origin.length()), (String) page.evaluate(SHOWN));
    }

    private Place press(Tab tab, Runnable choice) {
        choice.run();
        return placeOf(tab, dashboard.origin());
    }

    @Test
    void whatIsChosenIsShownAgainByBackAndForwardAndToSomebodyElse() {
        List<Place> places = new ArrayList<>();
        String service = "/services/" + dashboard.stage().remembered();
        try (Tab tab = dashboard.tab()) {
            var page = tab.open("/services?label=tier:1,-env:dev&bars=7d");
            awaitAll(page);
            places.add(placeOf(tab, dashboard.origin()));
            places.add(press(tab, () -> {
                page.click(".count[data-state=Up]");
                page.fill("#search", "cart"); // typing makes no place of its own to go back to
            }));
            places.add(press(tab, () -> page.click(".row.head .name button")));
            places.add(press(tab, () -> page.selectOption(".group-by select", "label:app")));
            places.add(press(tab, () -> page.click(".segments button:has-text('Tiles')")));
            assertThat(places).hasSize(TILES + 1);
            places.add(press(tab, () -> tab.visit(service + "?range=7d")));
            places.add(press(tab, () -> page.click(".tabs a[href*='tab=results']")));
            places.add(press(tab, () -> {
                page.click(".results a >> nth=3");
                page.waitForSelector("dialog[open] .result");
            }));
            assertThat(places).extracting(Place::path).doesNotHaveDuplicates();
            assertThat(places).extracting(Place::shown).doesNotHaveDuplicates();
            assertThat(places.getLast().path()).matches(service + "/results/\\d+~default\\?range=7d&tab=results");

            for (Place place : places.reversed().subList(1, places.size())) {
                assertThat(press(tab, page::goBack)).isEqualTo(place);
            }
            for (Place place : places.subList(1, 4)) {
                assertThat(press(tab, page::goForward)).isEqualTo(place);
            }
            assertThat(tab.complaints()).isEmpty();
        }
        try (Tab somebodyElse = dashboard.apart(Dashboard.screen(1280, 900, ColorScheme.LIGHT))) {
            for (int place : List.of(TILES - 1, TILES, places.size() - 1)) {
                Page page = somebodyElse.open(places.get(place).path());
                if (place <= TILES) {
                    awaitList(page);
                }
                assertThat(placeOf(somebodyElse, dashboard.origin())).isEqualTo(places.get(place));
            }
            assertThat(somebodyElse.complaints()).isEmpty();
        }
    }

    private static void awaitList(Page page) {
        page.waitForFunction(
                "() => /\\d/.test(document.querySelector('.count[data-state=Up] strong')?.textContent ?? '')");
    }

    @Test
    void whatIsNotUnderstoodIsShownStruckAndHidesNothing() {
        try (Tab tab = dashboard.tab()) {
            var page = tab.open("/services?q=cart&sort=-name");
            awaitAll(page);
            int fitting = page.locator(".row[data-id]").count() - 4; // chips take the room of some rows
            Object rows = page.evaluate(FIRST, fitting);
            tab.visit(
                    "/services?q=cart&sort=-name&sort=mood&state=Sideways&probe=pigeon&source=dream&has=luck&view=cube&bars=2y&by=colour&colour=red&label=:");
            assertThat(page.locator(".chip.ignored s").allInnerTexts())
                    .containsExactlyInAnyOrder(
                            "sort=mood",
                            "state=Sideways",
                            "probe=pigeon",
                            "source=dream",
                            "has=luck",
                            "view=cube",
                            "bars=2y",
                            "by=colour",
                            "colour=red",
                            "label=:");
            assertThat(page.evaluate(FIRST, fitting)).isEqualTo(rows);
            assertThat(page.url()).contains("mood", "Sideways", "pigeon", "colour=red");
            page.click(".chip.ignored:has-text('pigeon')");
            tab.settle();
            assertThat(page.url()).doesNotContain("pigeon").contains("mood");

            tab.visit("/services/" + dashboard.stage().remembered() + "?tab=gossip&range=2y");
            assertThat(page.locator(".chip.ignored s").allInnerTexts()).containsExactly("tab=gossip", "range=2y");
            page.click(".chip.ignored:has-text('gossip')");
            tab.settle();
            assertThat(page.url()).endsWith("?range=2y");
            tab.visit("/incidents?state=sleeping");
            assertThat(page.locator(".chip.ignored s").allInnerTexts()).containsExactly("state=sleeping");
            assertThat(page.locator(".failure").count()).isZero();
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void whatTheBrowserRemembersHidesNoRow() {
        try (Tab tab = dashboard.tab()) {
            var page = tab.open("/services?q=cart&label=tier:1,-env:dev&sort=-name&state=Up");
            awaitAll(page);
            int fitting = page.locator(".row[data-id]").count();
            Object rows = page.evaluate(FIRST, fitting);
            Object counts = page.evaluate(COUNTS);
            Object before = page.evaluate("localStorage.getItem('hc.ui.v1')");
            for (String kept : LEFT_BEHIND) {
                page.evaluate("kept => localStorage.setItem('hc.ui.v1', kept)", kept);
                page.reload();
                awaitAll(page);
                assertThat(page.evaluate(FIRST, fitting)).as(kept).isEqualTo(rows);
                assertThat(page.evaluate(COUNTS)).as(kept).isEqualTo(counts);
            }
            page.evaluate("() => localStorage.clear()");
            page.reload();
            awaitAll(page);
            assertThat(page.evaluate(FIRST, fitting)).isEqualTo(rows);
            page.evaluate("before => before && localStorage.setItem('hc.ui.v1', before)", before);
            assertThat(tab.complaints()).isEmpty();
        }
    }
}
