package io.healthchecker.api.history;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Names of locations by id, remembered: they are few and never change. */
public final class LocationNames {
    private final JdbcClient jdbc;
    private volatile Map<Integer, String> names = Map.of();

    public LocationNames(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The name of a location. */
    public String of(int id) {
        String name = names.get(id);
        return name != null ? name : read().getOrDefault(id, "#" + id);
    }

    /** The id of a location; empty if there is none of that name. */
    public Optional<Integer> idOf(String name) {
        Optional<Integer> known = idOf(name, names);
        return known.isPresent() ? known : idOf(name, read());
    }

    private static Optional<Integer> idOf(String name, Map<Integer, String> names) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private Map<Integer, String> read() {
        Map<Integer, String> read = new HashMap<>();
        jdbc.sql("SELECT id, name FROM location").query(row -> {
            read.put(row.getInt("id"), row.getString("name"));
        });
        names = Map.copyOf(read);
        return read;
    }
}
