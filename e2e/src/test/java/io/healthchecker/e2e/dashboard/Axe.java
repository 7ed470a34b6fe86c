package io.healthchecker.e2e.dashboard;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The rules of axe-core for WCAG 2.2 A and AA. They run in the page, in a context that bypasses its policy. */
final class Axe {
    // the answer has a node of each violation; axe's own builder would open a page of its own for each
    private static final String RUN = """
            only => axe.run(document, {runOnly: only, resultTypes: ['violations'], preload: false})
              .then(({ violations }) => violations.map(({ id, nodes }) => `${id} at ${nodes[0].target}`))""";

    private static final List<String> ALL = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    private static final List<String> COLOURS = List.of("color-contrast");

    private final String script = script();
    private final List<String> violations = new ArrayList<>();

    /** All rules as the page is, and those about colours once more in the dark. */
    void judge(String what, Page page) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        run(what, page, ALL);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        run(what + " in the dark", page, COLOURS);
    }

    private void run(String what, Page page, List<String> rules) {
        if (page.evaluate("typeof axe").equals("undefined")) {
            page.evaluate(script);
        }
        ((List<?>) page.evaluate(RUN, rules)).forEach(violation -> violations.add(what + ": " + violation));
    }

    /** What was found so far, of all pages. */
    List<String> violations() {
        return violations;
    }

    private static String script() {
        try (InputStream script = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
