package io.healthchecker.api.index;

import io.healthchecker.api.find.FacetCounts;
import io.healthchecker.api.find.FacetCounts.Facet;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import java.util.TreeMap;

/** How many services there are of each. */
@Schema(description = "How many services there are of each; every facet counts under the filters of the others.")
record FacetsView(
        @Schema(description = "How many the whole filter lets through.", example = "412")
        long total,

        @Schema(example = "{\"Up\": 409, \"Down\": 3}") Map<String, Long> state,

        @Schema(example = "{\"rest\": 412}") Map<String, Long> source,

        @Schema(example = "{\"http\": 412}") Map<String, Long> probe,

        @Schema(description = "An empty word for services that have none.", example = "{\"shop\": 400, \"\": 12}")
        Map<String, Long> namespace,

        @Schema(description = "Places from which they have been checked.", example = "{\"default\": 412}")
        Map<String, Long> location,

        @Schema(description = "By key, then by value.", example = "{\"tier\": {\"1\": 12}}")
        Map<String, Map<String, Long>> label) {
    static FacetsView of(FacetCounts counts) {
        return new FacetsView(
                counts.total(),
                counts.of(Facet.STATE),
                counts.of(Facet.SOURCE),
                counts.of(Facet.PROBE),
                counts.of(Facet.NAMESPACE),
                counts.of(Facet.LOCATION),
                byKey(counts.of(Facet.LABEL)));
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
