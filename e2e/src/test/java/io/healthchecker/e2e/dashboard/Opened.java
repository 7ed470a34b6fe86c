package io.healthchecker.e2e.dashboard;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;

/**
 * A dialog or menu, and how it is opened.
 *
 * @param steps what is clicked, one after the other; {@code key:} before the name of a key presses it
 * @param shown what is there afterwards
 */
record Opened(String path, List<String> steps, String shown) {
    private static final String DRAWN = "() => new Promise(then => requestAnimationFrame(() => setTimeout(then)))";
    private static final String KEY = "key:";

    static List<Opened> all(Stage stage) {
        String down = "/services/" + stage.down();
        String incident = "/incidents/" + stage.incident();
        return List.of(
                new Opened("/services", List.of("key:?"), "dialog .keys"),
                new Opened("/services", List.of("key:Control+k"), "dialog [role=listbox]"),
                new Opened("/services", List.of(".chip.add"), ".menu .facets fieldset"),
                new Opened("/services", List.of(".filters button:has-text('Views')"), ".menu .views form"),
                new Opened("/services", List.of(".bar [aria-label^=Account]"), ".menu-row"),
                new Opened("/services", List.of("key:j", "key:x"), ".selection"),
                new Opened("/services", List.of("key:j", "key:x", ".selection .danger"), "dialog .danger"),
                new Opened(
                        "/services", List.of("key:j", "key:x", ".selection button:has-text('Label')"), "dialog input"),
                new Opened(down, List.of("[aria-label=More]"), ".menu .danger-item"),
                new Opened(down, List.of("[aria-label=More]", ".danger-item"), "dialog .danger"),
                new Opened(down + "?tab=results", List.of(".results a >> nth=0"), "dialog .result"),
                new Opened("/services/new", List.of("summary"), "details[open]"),
                new Opened("/services/new", List.of("button:has-text('Paste YAML')"), "dialog textarea"),
                new Opened(incident, List.of("key:a"), "dialog textarea"),
                new Opened(incident, List.of("key:Shift+N"), "dialog textarea"),
                new Opened("/admin/members", List.of("main header .primary"), "dialog input"),
                new Opened("/admin/tokens", List.of("main header .primary"), "dialog input"));
    }

    /** The few that differ most. */
    static List<Opened> some(Stage stage) {
        return all(stage).stream()
                .filter(opened -> List.of("dialog .keys", ".menu .facets fieldset", "dialog .result")
                        .contains(opened.shown))
                .toList();
    }

    Page open(Tab tab) {
        Page page = tab.visit(path);
        for (String step : steps) {
            if (step.startsWith(KEY)) {
                page.keyboard().press(step.substring(KEY.length()));
            } else {
                page.click(step);
            }
        }
        page.waitForSelector(shown);
        return tab.settle();
    }

    /** The same without a pointer. What had the focus before the last step is {@code window.opener_} afterwards. */
    Page openByKeys(Tab tab) {
        Page page = tab.visit(path);
        page.evaluate("() => document.activeElement.blur()"); // a choice that has the focus would take letters
        for (String step : steps) {
            if (!step.startsWith(KEY)) {
                page.focus(step);
            }
            page.evaluate("() => { window.opener_ = document.activeElement; }");
            page.keyboard().press(step.startsWith(KEY) ? step.substring(KEY.length()) : "Enter");
            page.evaluate(DRAWN); // a key that chooses a row moves the focus with the next frame
        }
        page.waitForSelector(shown);
        return tab.settle();
    }

    /** Whether it lies over the page and is closed again. */
    boolean isOverlay() {
        return shown.startsWith("dialog") || isMenu();
    }

    /** Whether it goes when the focus goes on. */
    boolean isMenu() {
        return shown.startsWith(".menu");
    }

    /** Whether it starts from rows with check boxes, which a phone does not have. */
    boolean isWideOnly() {
        return steps.contains("key:x");
    }

    /** Closes whatever is open, and nothing else: on most screens the key goes back where nothing is. */
    void close(Page page) {
        for (int i = 0;
                i < steps.size()
                        && page.locator("dialog[open], .menu, .selection").count() > 0;
                i++) {
            page.keyboard().press("Escape");
        }
    }

    /** Until nothing of the kind is there. */
    static Page.WaitForSelectorOptions gone() {
        return new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED);
    }
}
