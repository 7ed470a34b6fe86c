package io.healthchecker.api.find;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What must hold of a row: pieces of SQL that are ours, and values that are the caller's, never mixed. */
public final class Condition {
    private final List<String> all = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** A name under which SQL can refer to a value. */
    String value(Object value) {
        String name = "v" + values.size();
        values.put(name, value);
        return ":" + name;
    }

    /** One thing more that must hold. */
    void and(String sql) {
        all.add("(" + sql + ")");
    }

    /** At least one of the wanted must hold, and none of the unwanted. */
    void and(List<String> wanted, List<String> unwanted) {
        if (!wanted.isEmpty()) {
            and(String.join(" OR ", wanted));
        }
        unwanted.forEach(sql -> and("NOT (" + sql + ")"));
    }

    /** The condition, true where nothing is asked for. */
    public String sql() {
        return all.isEmpty() ? "true" : String.join(" AND ", all);
    }

    /** The values that it refers to. */
    public Map<String, Object> values() {
        return values;
    }
}
