package io.healthchecker.api.find;

import io.healthchecker.api.find.ServiceFilter.Clause;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many services there are of each word of each facet: as many as choosing it would show, so every facet counts under
 * the filters of the others. At most a thousand words of a facet, those that most services have.
 *
 * @param total how many the whole filter lets through
 * @param words labels as {@code key:value}; the empty word for what has none
 */
public record FacetCounts(long total, Map<Facet, Map<String, Long>> words) {
    static final int MOST_WORDS = 1_000;

    /** By what services are counted. */
    public enum Facet {
        STATE("state"),
        SOURCE("source"),
        PROBE("probe"),
        NAMESPACE("namespace"),
        LOCATION("location"),
        LABEL("label");

        private final String parameter;

        Facet(String parameter) {
            this.parameter = parameter;
        }

        /** The parameter of the filter that chooses among its words. */
        String parameter() {
            return parameter;
        }
    }

    /** The counts of a facet, by word. */
    public Map<String, Long> of(Facet facet) {
        return words.getOrDefault(facet, Map.of());
    }

    /** Counts rows in memory, in one pass. */
    static FacetCounts of(TeamRows services, ServiceFilter filter) {
        Map<Facet, Map<String, Long>> counts = new EnumMap<>(Facet.class);
        for (Facet facet : Facet.values()) {
            counts.put(facet, new HashMap<>());
        }
        long total = 0;
        for (ServiceRow row : services.rows()) {
            String stops = stops(filter, row);
            if (stops == null) {
                total++;
                counts.forEach((facet, words) -> count(facet, row, words));
            } else {
                counts.forEach((facet, words) -> {
                    if (facet.parameter().equals(stops)) {
                        count(facet, row, words);
                    }
                });
            }
        }
        counts.replaceAll((facet, words) -> most(words));
        return new FacetCounts(total, counts);
    }

    /** The one parameter that does not let a row pass; null if all do, empty if several do not. */
    private static @Nullable String stops(ServiceFilter filter, ServiceRow row) {
        String stops = null;
        for (Clause clause : filter.clauses()) {
            if (!clause.parameter().equals(stops) && !clause.lets(row)) {
                if (stops != null) {
                    return "";
                }
                stops = clause.parameter();
            }
        }
        return stops;
    }

    private static void count(Facet facet, ServiceRow row, Map<String, Long> words) {
        switch (facet) {
            case STATE -> words.merge(row.state().word(), 1L, Long::sum);
            case SOURCE -> words.merge(row.source().word(), 1L, Long::sum);
            case PROBE -> words.merge(row.probe(), 1L, Long::sum);
            case NAMESPACE -> words.merge(row.namespace(), 1L, Long::sum);
            case LOCATION -> row.locations().forEach(location -> words.merge(location, 1L, Long::sum));
            case LABEL -> row.labels().forEach(label -> words.merge(label, 1L, Long::sum));
        }
    }

    private static Map<String, Long> most(Map<String, Long> words) {
        if (words.size() <= MOST_WORDS) {
            return new TreeMap<>(words);
        }
        Map<String, Long> most = new TreeMap<>();
        words.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_WORDS)
                .forEach(word -> most.put(word.getKey(), word.getValue()));
        return most;
    }
}
