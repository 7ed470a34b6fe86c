package io.healthchecker.api.index;

import io.healthchecker.api.find.ServiceRow;
import io.healthchecker.core.check.Reason;
import java.util.List;

/**
 * What numbers in the columns stand for. Reasons have the same place whatever services there are, so that a transition
 * moves none; the others change only with definitions.
 */
final class IndexWords {
    private static final Dictionary REASONS = new Dictionary();

    static {
        for (Reason reason : Reason.values()) {
            REASONS.add(reason.name());
        }
    }

    private final Dictionary namespaces = new Dictionary();
    private final Dictionary probes = new Dictionary();
    private final Dictionary sources = new Dictionary();
    private final Dictionary locations = new Dictionary();
    private final Dictionary labels = new Dictionary();

    private IndexWords() {}

    /** The words of some services. */
    static IndexWords of(List<ServiceRow> rows) {
        var words = new IndexWords();
        for (ServiceRow row : rows) {
            words.namespaces.add(row.namespace());
            words.probes.add(row.probe());
            words.sources.add(row.source().word());
            words.locations.add(joined(row.locations()));
            row.labels().forEach(words.labels::add);
        }
        return words;
    }

    private static String joined(List<String> names) {
        return names.size() == 1 ? names.getFirst() : String.join(",", names);
    }

    int namespace(ServiceRow row) {
        return namespaces.place(row.namespace());
    }

    int probe(ServiceRow row) {
        return probes.place(row.probe());
    }

    int source(ServiceRow row) {
        return sources.place(row.source().word());
    }

    int location(ServiceRow row) {
        return locations.place(joined(row.locations()));
    }

    int reason(ServiceRow row) {
        return REASONS.place(row.reason());
    }

    int label(String label) {
        return labels.place(label);
    }

    IndexView.Words view() {
        return new IndexView.Words(
                namespaces.words(),
                probes.words(),
                sources.words(),
                locations.words(),
                REASONS.words(),
                labels.words());
    }
}
