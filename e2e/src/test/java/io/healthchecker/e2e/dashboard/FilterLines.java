package io.healthchecker.e2e.dashboard;

import static io.healthchecker.e2e.dashboard.ShownList.awaitAll;
import static org.assertj.core.api.Assertions.assertThat;

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
    void aFilterMeansTheSameHereAndAtTheServer() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Tab tab = dashboard.tab()) {
            var page = tab.open("/services");
            awaitAll(page);
            for (int i = 0; i < dashboard.extent().filters(); i++) {
                String query = filter(random);
                @SuppressWarnings("unchecked") // what a script answers has no type
                var here = (List<Number>) page.evaluate("""
                        async query => {
                          const base = document.querySelector('script[type=module]').src.replace('main.js', '');
                          const [{ parse }, { arrange }, { fleet }] = await Promise.all(['filter.js', 'arrange.js', 'live.js'].map(m => import(base + m)));
                          return [...arrange(fleet.value, parse('?' + query)).order].slice(0, 200).map(row => fleet.value.id[row]);
                        }""", query);
                List<Long> there = new ArrayList<>();
                dashboard
                        .api()
                        .get("/api/v1/services?limit=200&"
                                + query.replace("\"", "%22").replace(" ", "%20"))
                        .body()
                        .path("items")
                        .forEach(item -> there.add(item.path("id").asLong()));
                assertThat(here.stream().map(Number::longValue).toList())
                        .as("seed %d: %s", seed, query)
                        .isEqualTo(there);
            }
        }
    }

    private static String filter(Random random) {
        List<String> parts = new ArrayList<>();
        parts.add("sort=" + pick(random, "name", "-name", "id"));
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
        return String.join("&", parts);
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
