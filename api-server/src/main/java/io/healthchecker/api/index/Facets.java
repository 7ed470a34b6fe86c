package io.healthchecker.api.index;

import io.healthchecker.api.index.IndexTable.Facet;
import io.healthchecker.api.service.ServiceFilter;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.State;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Counts services by what they can be filtered by. */
final class Facets {
    private final IndexTable table;
    private final Ticker ticker;

    Facets(IndexTable table, Ticker ticker) {
        this.table = table;
        this.ticker = ticker;
    }

    FacetsView of(int teamId, MultiValueMap<String, String> parameters) {
        long now = ticker.epochMillis();
        return new FacetsView(
                table.count(teamId, ServiceFilter.of(parameters), now),
                words(
                        counts(teamId, parameters, "state", Facet.STATE, now),
                        code -> State.of(code).word()),
                words(
                        counts(teamId, parameters, "source", Facet.SOURCE, now),
                        code -> Source.of(code).word()),
                counts(teamId, parameters, "probe", Facet.PROBE, now),
                counts(teamId, parameters, "namespace", Facet.NAMESPACE, now),
                byKey(counts(teamId, parameters, "label", Facet.LABEL, now)));
    }

    private Map<String, Long> counts(
            int teamId, MultiValueMap<String, String> parameters, String own, Facet facet, long now) {
        var others = new LinkedMultiValueMap<>(parameters);
        others.remove(own);
        return table.counts(teamId, ServiceFilter.of(others), facet, now);
    }

    private static Map<String, Long> words(Map<String, Long> byCode, Function<Integer, String> word) {
        Map<String, Long> words = new TreeMap<>();
        byCode.forEach((code, count) -> words.put(word.apply(Integer.parseInt(code)), count));
        return words;
    }

    private static Map<String, Map<String, Long>> byKey(Map<String, Long> labels) {
        Map<String, Map<String, Long>> byKey = new TreeMap<>();
        labels.forEach((label, count) -> {
            int colon = label.indexOf(':');
            byKey.computeIfAbsent(label.substring(0, colon), _ -> new TreeMap<>())
                    .put(label.substring(colon + 1), count);
        });
        return byKey;
    }
}
