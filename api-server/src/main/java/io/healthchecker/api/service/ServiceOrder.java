package io.healthchecker.api.service;

import io.healthchecker.api.list.Cursor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * In which order services are listed. Each order ends with the id, so that it is total; the values by which a row is
 * sorted are its cursor.
 */
enum ServiceOrder {
    ID("id", false, List.of()),
    NAME("name", false, List.of(Key.NAME)),
    NAME_DOWN("-name", true, List.of(Key.NAME)),
    SINCE("since", false, List.of(Key.SINCE)),
    SINCE_DOWN("-since", true, List.of(Key.SINCE)),
    /** Down, Down in hand, Degraded, Unknown, failing, Suspended, Up; of these the newest change first, then by name. */
    SEVERITY("severity", false, List.of(Key.RANK, Key.NEWEST, Key.NAME));

    static final String WORDS = "id, name, -name, since, -since or severity";

    private enum Key {
        NAME("lower(s.name) COLLATE \"C\"", "text"),
        SINCE("(extract(epoch FROM st.since) * 1000000)::bigint", "bigint"),
        NEWEST("-(extract(epoch FROM st.since) * 1000000)::bigint", "bigint"),
        RANK("""
                CASE st.state WHEN 3 THEN CASE WHEN %s THEN 2 ELSE 1 END WHEN 2 THEN 3 WHEN 4 THEN 4 WHEN 5 THEN 6
                     ELSE CASE WHEN EXISTS (SELECT FROM location_verdict AS v
                                             WHERE v.service_id = s.id AND v.streak > 0 AND v.leaning = 3)
                               THEN 5 ELSE 7 END
                 END::bigint""".formatted(ServiceFilter.ACKNOWLEDGED), "bigint"),
        ID("s.id", "bigint");

        private final String expression;
        private final String type;

        Key(String expression, String type) {
            this.expression = expression;
            this.type = type;
        }
    }

    private final String word;
    private final boolean descending;
    private final List<Key> keys;

    ServiceOrder(String word, boolean descending, List<Key> keys) {
        this.word = word;
        this.descending = descending;
        this.keys = new ArrayList<>(keys);
        this.keys.add(Key.ID);
    }

    static Optional<ServiceOrder> of(String word) {
        return List.of(values()).stream()
                .filter(order -> order.word.equals(word))
                .findFirst();
    }

    /** The columns of the select list that make up a cursor: k0, k1 … */
    String columns() {
        return String.join(
                ", ",
                IntStream.range(0, keys.size())
                        .mapToObj(i -> keys.get(i).expression + " AS k" + i)
                        .toList());
    }

    String orderBy() {
        return String.join(
                ", ",
                keys.stream()
                        .map(key -> key.expression + (descending ? " DESC" : ""))
                        .toList());
    }

    /** What holds of the rows behind a cursor. */
    String behind() {
        String row = String.join(", ", keys.stream().map(key -> key.expression).toList());
        String place = String.join(
                ", ",
                IntStream.range(0, keys.size())
                        .mapToObj(i -> "CAST(:k%d AS %s)".formatted(i, keys.get(i).type))
                        .toList());
        return "(%s) %s (%s)".formatted(row, descending ? "<" : ">", place);
    }

    /** The parameters of {@link #behind()}. */
    Map<String, Object> place(Cursor cursor) {
        if (!cursor.text(0).equals(word) || cursor.values().size() != keys.size() + 1) {
            throw Cursor.foreign();
        }
        Map<String, Object> place = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            place.put("k" + i, keys.get(i).type.equals("text") ? cursor.text(i + 1) : cursor.number(i + 1));
        }
        return place;
    }

    /** The cursor of a row whose columns k0, k1 … have these values. */
    Cursor cursor(List<String> values) {
        List<String> all = new ArrayList<>(List.of(word));
        all.addAll(values);
        return new Cursor(all);
    }

    /** How many columns {@link #columns()} names. */
    int size() {
        return keys.size();
    }
}
