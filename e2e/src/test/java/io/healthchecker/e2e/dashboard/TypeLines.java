package io.healthchecker.e2e.dashboard;

import static io.healthchecker.e2e.dashboard.ShownList.awaitAll;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How large everything is, in pixels as the browser computes them. */
abstract class TypeLines {
    // what each size of the design is for: screen, what is looked at, pixels of the letters and of the line
    private static final String SIZES = """
            /services                 | .row.head                         | 12/16
            /services                 | .row[data-id] .context            | 13/18
            /services                 | .row[data-id] .name               | 13/18
            /services                 | .chip.add                         | 13/18
            /services                 | body                              | 14/20
            /services                 | a.button.new                      | 14/20
            /services                 | .count                            | 14/20
            /services                 | .count strong                     | 16/24
            /services/DOWN            | .uptimes small                    | 12/16
            /services/DOWN            | .heart-ends                       | 12/16
            /services/DOWN            | .results td                       | 13/18
            /services/DOWN            | .tabs a                           | 14/20
            /services/DOWN            | .service-why                      | 16/24
            /services/DOWN            | .panel h2                         | 16/24
            /services/DOWN            | .uptimes strong                   | 20/28
            /services/DOWN            | h1                                | 26/32
            /incidents/INCIDENT       | .incident table td, table td      | 13/18
            /incidents/INCIDENT       | h1                                | 26/32
            /admin/system             | .figure strong                    | 20/28
            /wall                     | .wall-card h2                     | 40/48
            /wall                     | .wall-counts                      | 72/80
            """;

    private static final String SIZE = """
            selector => {
              const {fontSize, lineHeight} = getComputedStyle(document.querySelector(selector));
              return `${parseFloat(fontSize)}/${parseFloat(lineHeight)}`;
            }""";

    // crosses and other signs that stand for pictures are as large as pictures
    private static final String OTHER_SIZES = """
            () => [...document.querySelectorAll('body *')]
              .filter(node => node.checkVisibility() && !node.matches('.icon, noscript, style, script')
                && [...node.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.textContent.trim() !== ''))
              .map(node => [node, getComputedStyle(node)])
              .filter(([, {fontSize, fontWeight}]) => !['12px', '13px', '14px', '16px', '20px', '26px'].includes(fontSize) || !['400', '600'].includes(fontWeight))
              .map(([node, {fontSize, fontWeight}]) => `${fontSize} ${fontWeight}: ${node.outerHTML.slice(0, 80)}`)""";

    private static final String ROW_HEIGHT = "document.querySelector('.row[data-id]').getBoundingClientRect().height";

    private final Dashboard dashboard;

    TypeLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void everyTextHasASizeOfTheDesign() {
        Map<String, String> wanted = new LinkedHashMap<>();
        Map<String, String> found = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        try (Tab tab = dashboard.tab()) {
            awaitAll(tab.open("/services"));
            String shown = "";
            for (String line : SIZES.strip().split("\n")) {
                String[] parts = line.strip().split(" *\\| *");
                String path = parts[0].replace(
                                "DOWN", Long.toString(dashboard.stage().down()))
                        .replace("INCIDENT", Long.toString(dashboard.stage().incident()));
                Page page = path.equals(shown) ? tab.page() : tab.visit(path);
                if (!path.equals(shown) && !path.equals("/wall")) {
                    others.addAll(otherSizes(path, page));
                }
                shown = path;
                page.waitForSelector(parts[1]);
                wanted.put(line, parts[2]);
                found.put(line, (String) page.evaluate(SIZE, parts[1]));
            }
            for (String path : dashboard.extent().whole() ? dashboard.screens().all() : List.of("/services/new")) {
                if (!path.equals("/wall")) {
                    others.addAll(otherSizes(path, tab.visit(path)));
                }
            }
        }
        assertThat(found).isEqualTo(wanted);
        assertThat(others).isEmpty();
    }

    private static List<String> otherSizes(String path, Page page) {
        return ((List<?>) page.evaluate(OTHER_SIZES))
                .stream().map(text -> path + " " + text).toList();
    }

    @Test
    void rowsAreAsHighAsTheirDensitySays() {
        try (Tab tab = dashboard.tab()) {
            Page page = tab.settled("/services");
            assertThat(tab.number(ROW_HEIGHT)).isEqualTo(40);
            page.keyboard().press("d");
            page.waitForFunction("() => " + ROW_HEIGHT + " === 32");
            page.keyboard().press("d"); // which the next tab would remember
            page.waitForFunction("() => " + ROW_HEIGHT + " === 40");
        }
        Browser.NewContextOptions finger =
                Dashboard.screen(1280, 900, ColorScheme.LIGHT).setIsMobile(true).setHasTouch(true);
        try (Tab tab = dashboard.apart(finger)) {
            tab.settled("/services");
            assertThat(tab.number(ROW_HEIGHT)).isEqualTo(48);
        }
    }
}
