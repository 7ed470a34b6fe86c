package io.healthchecker.api.find;

import io.healthchecker.api.list.Cursor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * In which order services are listed. Each order ends with the id, so that it is total; the values by which a row is
 * sorted are its cursor.
 */
public enum ServiceOrder {
    ID("id", false, List.of()),
    NAME("name", false, List.of(Key.NAME)),
    NAME_DOWN("-name", true, List.of(Key.NAME)),
    SINCE("since", false, List.of(Key.SINCE)),
    SINCE_DOWN("-since", true, List.of(Key.SINCE)),
    /** Down, Down in hand, Degraded, Unknown, failing, Suspended, Up; of these the newest change first, then by name. */
    SEVERITY("severity", false, List.of(Key.RANK, Key.NEWEST, Key.NAME)),
    P95("p95", false, List.of(Key.P95)),
    P95_DOWN("-p95", true, List.of(Key.P95)),
    UPTIME("uptime24h", false, List.of(Key.UPTIME)),
    UPTIME_DOWN("-uptime24h", true, List.of(Key.UPTIME));

    /** What the database can sort by without reading hours of every service. */
    public static final String STORED_WORDS = "id, name, -name, since, -since or severity";

    static final String WORDS = "id, name, -name, since, -since, severity, p95, -p95, uptime24h or -uptime24h";
    private static final long NOT_KNOWN = -1;

    private enum Key {
        NAME("lower(s.name) COLLATE \"C\"", "text", row -> row.name().toLowerCase(Locale.ROOT)),
        // of what changed within one millisecond nobody is told what was first
        SINCE("floor(extract(epoch FROM st.since) * 1000)::bigint", "bigint", ServiceRow::sinceMillis),
        NEWEST("-floor(extract(epoch FROM st.since) * 1000)::bigint", "bigint", row -> -row.sinceMillis()),
        RANK("""
                CASE st.state WHEN 3 THEN CASE WHEN %s THEN 2 ELSE 1 END WHEN 2 THEN 3 WHEN 4 THEN 4 WHEN 5 THEN 6
                     ELSE CASE WHEN %s THEN 5 ELSE 7 END
                 END::bigint""".formatted(ServiceSql.ACKNOWLEDGED, ServiceSql.FAILING), "bigint", Key::rank),
        // of a day only rows in memory know; what is not known comes before all that is
        P95("CAST(-1 AS bigint)", "bigint", row -> scaled(row.day().p95Millis(), 10)),
        UPTIME("CAST(-1 AS bigint)", "bigint", row -> scaled(row.day().uptimePercent(), 10_000)),
        ID("s.id", "bigint", ServiceRow::id);

        private final String expression;
        private final String type;
        private final Function<ServiceRow, Object> value;

        /** @param value the same of a row in memory: a number, or text */
        Key(String expression, String type, Function<ServiceRow, Object> value) {
            this.expression = expression;
            this.type = type;
            this.value = value;
        }

        private static Object scaled(@Nullable Double figure, int scale) {
            return figure == null ? NOT_KNOWN : Math.round(figure * scale);
        }

        private static Object rank(ServiceRow row) {
            return switch (row.state()) {
                case DOWN -> row.acknowledged() ? 2L : 1L;
                case DEGRADED -> 3L;
                case UNKNOWN -> 4L;
                case SUSPENDED -> 6L;
                case UP -> row.failing() > 0 ? 5L : 7L;
            };
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

    public String word() {
        return word;
    }

    /** Whether it is by what a service was in the last 24 hours, which only rows in memory know. */
    public boolean isOfTheDay() {
        return keys.contains(Key.P95) || keys.contains(Key.UPTIME);
    }

    /** The columns of the select list that make up a cursor: k0, k1 … */
    public String columns() {
        return String.join(
                ", ",
                IntStream.range(0, keys.size())
                        .mapToObj(i -> keys.get(i).expression + " AS k" + i)
                        .toList());
    }

    public String orderBy() {
        return String.join(
                ", ",
                keys.stream()
                        .map(key -> key.expression + (descending ? " DESC" : ""))
                        .toList());
    }

    /** What holds of the rows behind a cursor. */
    public String behind() {
        String row = String.join(", ", keys.stream().map(key -> key.expression).toList());
        String place = String.join(
                ", ",
                IntStream.range(0, keys.size())
                        .mapToObj(i -> "CAST(:k%d AS %s)".formatted(i, keys.get(i).type))
                        .toList());
        return "(%s) %s (%s)".formatted(row, descending ? "<" : ">", place);
    }

    /** The parameters of {@link #behind()}. */
    public Map<String, Object> place(Cursor cursor) {
        if (!cursor.text(0).equals(word) || cursor.values().size() != keys.size() + 1) {
            throw Cursor.foreign();
        }
        Map<String, Object> place = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            place.put("k" + i, keys.get(i).type.equals("text") ? cursor.text(i + 1) : cursor.number(i + 1));
        }
        return place;
    }

    /** The values by which a row in memory is sorted. */
    List<Object> place(ServiceRow row) {
        List<Object> place = new ArrayList<>(keys.size());
        for (Key key : keys) {
            place.add(key.value.apply(row));
        }
        return place;
    }

    /** The place of a cursor among those of rows in memory. */
    List<Object> placeOf(Cursor cursor) {
        Map<String, Object> place = place(cursor);
        List<Object> values = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            values.add(Objects.requireNonNull(place.get("k" + i)));
        }
        return values;
    }

    /** Which of two places in memory comes first. */
    int compare(List<Object> one, List<Object> other) {
        int order = 0;
        for (int i = 0; i < one.size() && order == 0; i++) {
            order = one.get(i) instanceof Long number
                    ? Long.compare(number, (Long) other.get(i))
                    : byCharacters((String) one.get(i), (String) other.get(i));
        }
        return descending ? -order : order;
    }

    /** As bytes of UTF-8 compare, which is how the database does it. */
    private static int byCharacters(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                return Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Character.isSurrogate(a) ? 1 : -1; // whatever needs two chars comes behind all else
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /** The cursor of a row whose columns k0, k1 … have these values. */
    public Cursor cursor(List<String> values) {
        List<String> all = new ArrayList<>(List.of(word));
        all.addAll(values);
        return new Cursor(all);
    }

    /** How many columns {@link #columns()} names. */
    public int size() {
        return keys.size();
    }
}
