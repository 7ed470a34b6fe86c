package io.healthchecker.api.index;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Words that come again and again, each said once; a row says only which. */
final class Dictionary {
    private final Map<String, Integer> places = new LinkedHashMap<>();

    /** Where a word stands. */
    int place(String word) {
        Integer known = places.putIfAbsent(word, places.size());
        return known == null ? places.size() - 1 : known;
    }

    List<String> words() {
        return List.copyOf(places.keySet());
    }
}
