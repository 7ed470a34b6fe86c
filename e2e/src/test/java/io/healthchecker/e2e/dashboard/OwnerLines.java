package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.healthchecker.e2e.Copied;
import io.healthchecker.testing.ApiClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who owns a service changes it; and many at once. */
abstract class OwnerLines {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String BULK = "label=set:bulk";
    private static final int MANY = 1_060; // more than are changed while somebody waits for the answer

    // what would stand on the clipboard
    private static final String EAVESDROP =
            "() => { navigator.clipboard.writeText = async text => { window.copied = text; }; }";

    private final Dashboard dashboard;

    OwnerLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void whatBelongsToKubernetesIsChangedThere() {
        long id = dashboard.stage().declared();
        try (Tab tab = dashboard.tab()) {
            Page page = tab.settled("/services/" + id);
            assertThat(page.innerText(".owned")).contains(Copied.edit("shop", "cart-api"), "read-only");
            page.click("[aria-label=More]");
            page.waitForSelector(".menu");
            assertThat(page.innerText("main"))
                    .contains("Copy kubectl patch to suspend")
                    .doesNotContain("Edit", "Delete", "Suspend c");
            assertThat(page.locator("main a[href$='/edit'], main .danger-item").count())
                    .isZero();
            page.evaluate(EAVESDROP);
            page.click(".menu >> text=Copy kubectl patch to suspend");
            assertThat(page.evaluate("window.copied")).isEqualTo(Copied.suspend("shop", "cart-api", true));

            tab.visit("/services/" + id + "/edit");
            assertThat(page.locator("main form, main button").count()).isZero();
            assertThat(page.innerText("main")).contains(Copied.edit("shop", "cart-api"));

            String refused = (String) page.evaluate("""
                    async id => {
                      const base = document.querySelector('script[type=module]').src.replace('main.js', '');
                      const { patch } = await import(base + 'bulk.js');
                      return patch({ suspend: true })(id).then(() => 'changed', error => `${error.status} ${error.message}`);
                    }""", Long.toString(id));
            assertThat(refused).startsWith("409").contains("shop/cart-api");
        }
    }

    @Test
    void manyAreChangedTogetherUnlessOthersMatchByNow() {
        ApiClient api = dashboard.api();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(create(api, "bulk-" + i));
        }
        try (Tab tab = dashboard.tab()) {
            Page page = tab.settled("/services?" + BULK);
            page.waitForSelector(".count[data-state=Up] strong:text-matches('[0-9]')");
            awaitRows(page, 3);
            page.keyboard().press("j");
            page.keyboard().press("x");
            page.click(".selection >> text=Select all 3 matching");
            page.waitForSelector(".selection >> text=3 selected");

            ids.add(create(api, "bulk-late"));
            page.click(".selection >> text=Suspend");
            page.waitForSelector(".toast.bad");
            assertThat(page.innerText(".toast.bad")).contains("4 services match by now, not 3");
            assertThat(page.innerText(".selection")).contains("3 selected");
            assertThat(suspended(api, ids)).isZero();
            page.click(".toast.bad [aria-label=Dismiss]");

            page.keyboard().press("Escape");
            awaitRows(page, 4);
            page.keyboard().press("j");
            page.keyboard().press("x");
            page.click(".selection >> text=Select all 4 matching");
            page.click(".selection >> text=Suspend");
            page.click(".toast >> text=Undo");
            await().atMost(SOON).until(() -> suspended(api, ids) == 0);
            for (String state : List.of("Down", "Degraded", "Unknown", "Up", "Suspended")) {
                // asked anew each time: they are checked meanwhile, and go from Unknown to Down
                await(state).pollInSameThread().atMost(SOON).until(() -> {
                    long count = api.get("/api/v1/services/facets?" + BULK)
                            .body()
                            .path("state")
                            .path(state)
                            .asLong(0);
                    return page.textContent(".count[data-state=%s] strong".formatted(state))
                            .equals(Long.toString(count));
                });
            }

            page.click(".selection >> text=Label");
            page.fill("dialog input >> nth=0", "tier");
            page.fill("dialog input >> nth=1", "9");
            page.keyboard().press("Enter");
            await().atMost(SOON)
                    .until(() -> api.get("/api/v1/services?label=tier:9")
                                    .body()
                                    .path("items")
                                    .size()
                            == ids.size());
            page.click(".selection .danger");
            page.fill("dialog input", "4");
            page.click("dialog .danger");
            await().atMost(SOON)
                    .until(() -> api.get("/api/v1/services?" + BULK)
                            .body()
                            .path("items")
                            .isEmpty());
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void moreThanAThousandSayHowFarTheyAreAndWhatWasLeftOut() {
        ApiClient api = dashboard.apiOf("many@example.com");
        int team =
                api.get("/api/v1/teams").body().path("items").path(0).path("id").asInt();
        dashboard.fleet().addTo(team, MANY);
        List<Long> places = new ArrayList<>();
        api.get("/api/v1/services?limit=200")
                .body()
                .path("items")
                .forEach(item -> places.add(
                        item.path("source").asString().equals("rest")
                                ? item.path("id").asLong()
                                : 0));
        long held = places.subList(100, 150).stream()
                .filter(id -> id > 0)
                .findFirst()
                .orElseThrow();
        try (Tab tab = dashboard.tabOf("many@example.com", Dashboard.screen(1280, 900, ColorScheme.LIGHT))) {
            Page page = tab.settle();
            awaitUp(page);
            page.keyboard().press("j");
            page.keyboard().press("x");
            page.click(".selection >> text=Select all 1,060 matching");
            dashboard.fleet().whileHeld(held, () -> {
                page.click(".selection >> text=Suspend");
                page.waitForSelector(".selection [role=status]:has-text('100 of 1,060 done')");
            });
            page.waitForSelector(".toast:has-text('Suspended')");
            assertThat(page.innerText(".toast"))
                    .contains("Suspended 106 services", "954 belong to other sources and did not change: ");
            assertThat(page.locator(".selection [role=status]").count()).isZero();
            page.waitForSelector(".count[data-state=Suspended] strong:text-is('106')");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    private static void awaitUp(Page page) {
        page.waitForSelector(".count[data-state=Up] strong:text-matches('[0-9]')");
        page.waitForSelector(".feed.live");
    }

    /** What was made since the list was read is heard of, and has its row when it is asked for. */
    private static void awaitRows(Page page, int count) {
        await("so many rows").pollInSameThread().atMost(SOON).until(() -> {
            page.keyboard().press(".");
            return page.locator(".row[data-id]").count() == count;
        });
    }

    @Test
    void whatIsOfAnotherSourceIsLeftOutByName() {
        try (Tab tab = dashboard.tab()) {
            Page page = tab.settled("/services?q=cart-api&source=kubernetes");
            page.waitForSelector(".row[data-id]");
            page.keyboard().press("j");
            page.keyboard().press("x");
            page.waitForSelector(".selection");
            assertThat(page.innerText(".selection"))
                    .contains("belongs to Kubernetes or a file and will not change")
                    .doesNotContain("Delete");
        }
    }

    private static long create(ApiClient api, String name) {
        return api.post("/api/v1/services", """
                        {"name": "%s", "tcp": {"host": "127.0.0.1", "port": 1}, "periodSeconds": 86400, "labels": {"set": "bulk"}}""".formatted(name))
                .body()
                .path("id")
                .asLong();
    }

    private static long suspended(ApiClient api, List<Long> ids) {
        return ids.stream()
                .filter(id -> api.get("/api/v1/services/" + id)
                        .body()
                        .path("state")
                        .asString()
                        .equals("Suspended"))
                .count();
    }
}
