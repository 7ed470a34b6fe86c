package io.healthchecker.e2e.dashboard;

import static io.healthchecker.e2e.dashboard.ShownList.awaitAll;
import static io.healthchecker.e2e.dashboard.ShownList.indexes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Filters, which the page and the server both understand. */
abstract class FilterLines {
    private final Dashboard dashboard;

    FilterLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void aFilterFindsAndCountsTheSameHereAndAtTheServer() {
        try (Tab tab = dashboard.tab()) {
            awaitAll(tab.open("/services"));
            compare(tab, dashboard.extent().filters());
        }
    }

    @Test
    void itFindsAndCountsTheSameWhereTheServerFilters() {
        try (Tab tab = dashboard.tab()) {
            tab.page().addInitScript(ServerLines.SAVE_DATA);
            awaitAll(tab.open("/services"));
            tab.visit("/admin/tokens"); // draws none of what is found
            compare(tab, dashboard.extent().filters() / 2);
            assertThat(indexes(tab)).isZero();
        }
    }

    private void compare(Tab tab, int filters) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < filters; i++) {
            String query = filter(random);
            boolean[] asked = new boolean[1];
            // of what has changed just now the one may have heard before the other
            await("seed %d: %s".formatted(seed, query))
                    .pollDelay(Duration.ZERO)
                    .pollInSameThread()
                    .untilAsserted(() -> {
                        Found here = Found.in(tab.page(), query, asked[0]);
                        asked[0] = true;
                        assertThat(here).isEqualTo(Found.at(dashboard, query));
                    });
        }
        assertThat(tab.complaints()).isEmpty();
    }

    private static String filter(Random random) {
        List<String> parts = new ArrayList<>();
        parts.add("sort="
                + pick(
                        random,
                        "name",
                        "-name",
                        "id",
                        "severity",
                        "since",
                        "-since",
                        "p95",
                        "-p95",
                        "uptime24h",
                        "-uptime24h"));
        if (random.nextBoolean()) {
            parts.add(
                    "state=" + pick(random, "Down", "Degraded", "Down,Unknown", "-Up", "Up", "-Down,-Up", "nonsense"));
        }
        if (random.nextBoolean()) {
            parts.add("label="
                    + pick(
                            random,
                            "tier:1",
                            "tier:1,tier:2",
                            "-env:dev",
                            "tier:3,-env:dev",
                            "app",
                            "-app:cart",
                            "none"));
        }
        if (random.nextInt(3) == 0) {
            parts.add("label=" + pick(random, "env:prod", "-tier:2", "app:login,app:cdn"));
        }
        if (random.nextBoolean()) {
            parts.add("q=" + pick(random, "cart", "CART api", "-web", "\"api-1\"", "cdn -7", "zzz"));
        }
        if (random.nextInt(4) == 0) {
            parts.add("probe=" + pick(random, "http", "-http", "tcp"));
        }
        if (random.nextInt(4) == 0) {
            parts.add("source=" + pick(random, "rest", "-rest", "file,rest"));
        }
        if (random.nextInt(4) == 0) {
            parts.add("location=" + pick(random, "default", "-default", "nowhere"));
        }
        if (random.nextInt(4) == 0) {
            parts.add("namespace=" + pick(random, "shop", "-shop", "shop,other"));
        }
        if (random.nextInt(6) == 0) {
            parts.add("has=" + pick(random, "incident", "-incident", "failing", "-flapping"));
        }
        return String.join("&", parts);
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
