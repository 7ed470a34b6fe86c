package io.healthchecker.api.index;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Words that come again and again, each said once, in the order in which they came; a row says only which. */
final class Dictionary {
    private final Map<String, Integer> places = new LinkedHashMap<>();

    void add(String word) {
        places.putIfAbsent(word, places.size());
    }

    /** Where a word stands that was added. */
    int place(String word) {
        return Objects.requireNonNull(places.get(word), word);
    }

    List<String> words() {
        return List.copyOf(places.keySet());
    }
}
