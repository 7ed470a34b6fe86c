package io.healthchecker.e2e.dashboard;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a filter finds: the first rows in their order, and how many services there are of each word of each facet.
 *
 * @param counts by facet, labels as {@code key:value}; without the word that stands for none
 */
record Found(List<Long> rows, Map<String, Map<String, Long>> counts) {
    private static final int ROWS = 60; // a window
    private static final List<String> FACETS = List.of("state", "source", "probe", "namespace", "location", "label");

    // as the list and the menu of filters have it; what is asked again is fetched anew before
    private static final String IN_THE_PAGE = """
            async ([query, facets, rows, anew]) => {
              const base = document.querySelector('script[type=module]').src.replace('main.js', '');
              const [{ parse }, { arrange, facet }, { ask, fleet, isServerMode, reload }, { counted }, { get }] = await Promise.all(
                ['filter.js', 'arrange.js', 'live.js', 'screens/facets.js', 'api.js'].map(module => import(base + module)));
              const search = '?' + query;
              if (isServerMode.value) {
                ask(search);
              }
              if (isServerMode.value || anew) {
                await reload();
              }
              const asked = parse(search);
              const { order, counts } = arrange(fleet.value, asked);
              const answered = isServerMode.value && await get('/services/facets' + search);
              const of = name => answered ? counted(answered, name) : name === 'state' ? Object.entries(counts) : facet(fleet.value, asked, name);
              return JSON.stringify({
                rows: [...order].slice(0, rows).map(row => fleet.value.id[row]),
                counts: Object.fromEntries(facets.map(name => [name, Object.fromEntries(of(name))])),
              });
            }""";

    /** What a page shows, be it that it has all services or that the server filters for it. */
    static Found in(Page page, String query, boolean anew) {
        JsonNode found =
                JsonMapper.shared().readTree((String) page.evaluate(IN_THE_PAGE, List.of(query, FACETS, ROWS, anew)));
        List<Long> rows = new ArrayList<>();
        found.path("rows").forEach(id -> rows.add(id.asLong()));
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        FACETS.forEach(facet -> counts.put(facet, words(found.at("/counts/" + facet), "")));
        return new Found(rows, counts);
    }

    /** What the server answers to the same query. */
    static Found at(Dashboard dashboard, String query) {
        String escaped = query.replace("\"", "%22").replace(" ", "%20");
        List<Long> rows = new ArrayList<>();
        dashboard
                .api()
                .get("/api/v1/services?limit=%d&%s".formatted(ROWS, escaped))
                .body()
                .path("items")
                .forEach(item -> rows.add(item.path("id").asLong()));
        JsonNode facets =
                dashboard.api().get("/api/v1/services/facets?" + escaped).body();
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        for (String facet : FACETS) {
            counts.put(facet, new TreeMap<>());
            if (facet.equals("label")) {
                facets.path(facet)
                        .properties()
                        .forEach(key -> counts.get(facet).putAll(words(key.getValue(), key.getKey() + ":")));
            } else {
                counts.put(facet, words(facets.path(facet), ""));
            }
        }
        return new Found(rows, counts);
    }

    private static Map<String, Long> words(JsonNode counts, String before) {
        Map<String, Long> words = new TreeMap<>();
        counts.properties()
                .forEach(word ->
                        words.put(before + word.getKey(), word.getValue().asLong()));
        words.remove("");
        return words;
    }
}
