package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every action of every screen by keys alone. Which there are is read from the page: whatever can be clicked or changed has
 * to be reached by Tab, has to show that it has the focus, must not be covered then, and has to act by Enter. What would be
 * done is written down instead of being done.
 */
abstract class ActionLines {
    private static final int STEPS = 8; // between two looks at how far the focus has come
    private static final int MOST_STEPS = 2_000;

    // a row stands for what is in it: its own keys open and select it
    private static final String BEGIN = """
            () => {
              const ACTIONS = 'a[href], button, summary, input, select, textarea, [tabindex="0"], [role=button], [role=link], [role=checkbox], [role=menuitem]';
              const menu = document.querySelector('.menu');
              const scope = document.querySelector('dialog[open]') ?? menu ?? document.body;
              const isThere = node => node.isConnected && !node.disabled && node.checkVisibility({visibilityProperty: true}) && node.getBoundingClientRect().width > 0;
              const isOfARow = node => node.closest('[role=grid], [role=treegrid]') !== null && node.closest('.row:not(.head)') !== null;
              const said = node => `${node.tagName.toLowerCase()}${node.type ? `[${node.type}]` : ''} "${(node.getAttribute('aria-label') ?? node.innerText ?? '').trim().slice(0, 40)}"`;
              const actions = () => [...scope.querySelectorAll(ACTIONS)].filter(node => isThere(node) && !isOfARow(node));
              const isCovered = node => {
                const all = [...(node.getClientRects())].map(({left, top, right, bottom}) =>
                  ({left: Math.max(0, left), top: Math.max(0, top), right: Math.min(innerWidth, right), bottom: Math.min(innerHeight, bottom)}));
                return !all.some(({left, top, right, bottom}) => right > left && bottom > top
                  && [[0.5, 0.5], [0.02, 0.1], [0.98, 0.9]].some(([x, y]) => {
                    const top_ = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
                    return top_ !== null && (node.contains(top_) || top_.contains(node) && top_.closest('label') !== null);
                  }));
              };
              const hasRing = node => {
                const {outlineStyle, outlineWidth} = getComputedStyle(node);
                return node.matches(':focus-visible') && outlineStyle !== 'none' && (outlineStyle === 'auto' || parseFloat(outlineWidth) >= 2);
              };
              const walk = {all: new Set(actions()), reached: new Set(), acted: new Set(), changed: new Set(), wrong: new Set(), first: undefined, isRound: false};
              const look = node => {
                const isNew = node !== walk.at;
                walk.at = node;
                if (node === document.body || walk.reached.has(node)) {
                  walk.isRound ||= isNew && node === walk.first;
                  return;
                }
                if (scope === menu && !menu.contains(node)) {
                  walk.isRound ||= walk.first !== undefined; // who goes on by Tab leaves it
                  return;
                }
                walk.first ??= node;
                walk.reached.add(node);
                if (!scope.contains(node)) {
                  walk.wrong.add(`${said(node)} has the focus behind a dialog`);
                }
                if (!hasRing(node)) {
                  walk.wrong.add(`${said(node)} does not show that it has the focus`);
                }
                if (isCovered(node)) {
                  walk.wrong.add(`${said(node)} is covered while it has the focus`);
                }
              };
              const rest = event => { event.preventDefault(); event.stopImmediatePropagation(); };
              const listeners = {
                keydown: event => {
                  look(document.activeElement);
                  if (event.key === 'Enter' && !document.activeElement.matches('a[href], button, summary')) {
                    rest(event);
                  }
                },
                click: event => { walk.acted.add(document.activeElement); rest(event); },
                input: rest,
                change: event => { walk.changed.add(event.target); rest(event); },
              };
              for (const [kind, listener] of Object.entries(listeners)) {
                addEventListener(kind, listener, true);
              }
              walk.end = () => {
                for (const [kind, listener] of Object.entries(listeners)) {
                  removeEventListener(kind, listener, true);
                }
                // Tab leads to one radio button of a group, arrows from there to the others
                const groups = new Set([...walk.reached].filter(node => node.type === 'radio').map(node => node.name));
                for (const node of walk.all) {
                  if (isThere(node) && !walk.reached.has(node) && !(node.type === 'radio' && groups.has(node.name))) {
                    walk.wrong.add(`${said(node)} is not reached by Tab`);
                  }
                }
                for (const node of walk.reached) {
                  if (node.matches('a[href], button, summary') && !walk.acted.has(node)) {
                    walk.wrong.add(`${said(node)} does nothing by Enter`);
                  }
                }
                for (const node of scope.querySelectorAll('*')) {
                  if (getComputedStyle(node).cursor === 'pointer' && isThere(node) && !isOfARow(node)
                      && !node.closest(`${ACTIONS}, label, [role=option]`)) {
                    walk.wrong.add(`${said(node)} is for a pointer only`);
                  }
                }
                return [...walk.wrong];
              };
              walk.selects = () => [...walk.reached].filter(node => node.matches('select') && node.options.length > 1 && isThere(node));
              window.walk = walk;
              document.activeElement.blur();
              return walk.all.size;
            }""";

    private static final String CHOICE = """
            i => {
              const select = window.walk.selects()[i];
              select?.focus();
              window.walk.before = select?.value;
              return select === undefined ? null : select.selectedIndex === select.options.length - 1 ? 'ArrowUp' : 'ArrowDown';
            }""";

    private static final String CHOSEN = """
            i => {
              const select = window.walk.selects()[i];
              if (!window.walk.changed.has(select)) {
                window.walk.wrong.add(`${select.id || select.getAttribute('aria-label') || select.parentElement.innerText.slice(0, 30)} is not changed by arrows`);
              }
              select.value = window.walk.before;
            }""";

    private static final String INSIDE = """
            () => {
              const dialog = document.querySelector('dialog[open]');
              return dialog === null || dialog.contains(document.activeElement);
            }""";

    private final Dashboard dashboard;

    ActionLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void everyActionOfEveryScreenIsReachedAndDoneByKeys() {
        List<String> found = new ArrayList<>();
        boolean whole = dashboard.extent().whole();
        try (Tab tab = dashboard.tab(Dashboard.screen(1280, 900, ColorScheme.LIGHT))) {
            tab.settled("/services");
            for (String path :
                    whole ? dashboard.screens().all() : dashboard.screens().each()) {
                walk(path, tab.visit(path), found);
            }
            for (Opened opened : whole ? Opened.all(dashboard.stage()) : Opened.some(dashboard.stage())) {
                open(opened, tab, found);
            }
            found.addAll(tab.complaints());
        }
        try (Tab tab = dashboard.anonymous(Dashboard.screen(1280, 900, ColorScheme.LIGHT))) {
            for (String path : dashboard.screens().open()) {
                walk(path, tab.settled(path), found);
            }
        }
        assertThat(found).isEmpty();
    }

    /** Opens a dialog or menu by keys, walks through it, and closes it: the focus is where it was before. */
    private static void open(Opened opened, Tab tab, List<String> found) {
        Page page = opened.openByKeys(tab);
        if (Boolean.FALSE.equals(page.evaluate(INSIDE))) {
            found.add(opened + " has not got the focus");
        }
        walk(opened.toString(), page, found);
        if (opened.isMenu()) {
            if (page.locator(opened.shown()).count() > 0) {
                found.add(opened + " stays where it covers what has the focus");
            }
            opened.openByKeys(tab);
        }
        if (opened.isOverlay()) {
            page.keyboard().press("Escape");
            page.waitForSelector(opened.shown(), Opened.gone());
            if (Boolean.FALSE.equals(page.evaluate("() => document.activeElement === window.opener_"))) {
                found.add("%s gives the focus to %s"
                        .formatted(opened, page.evaluate("document.activeElement.outerHTML.slice(0, 80)")));
            }
        }
        opened.close(page);
    }

    private static void walk(String where, Page page, List<String> found) {
        if (((Number) page.evaluate(BEGIN)).intValue() > 0) {
            for (int i = 0; i < MOST_STEPS && Boolean.FALSE.equals(page.evaluate("window.walk.isRound")); i += STEPS) {
                for (int step = 0; step < STEPS; step++) {
                    page.keyboard().press("Tab");
                    page.keyboard().press("Enter");
                }
            }
            chooseByArrows(page);
        }
        ((List<?>) page.evaluate("window.walk.end()")).forEach(wrong -> found.add(where + ": " + wrong));
    }

    private static void chooseByArrows(Page page) {
        for (int i = 0; ; i++) {
            Object key = page.evaluate(CHOICE, i);
            if (key == null) {
                return;
            }
            page.keyboard().press(key.toString());
            page.evaluate(CHOSEN, i);
        }
    }
}
