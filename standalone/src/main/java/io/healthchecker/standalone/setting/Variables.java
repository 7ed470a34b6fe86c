package io.healthchecker.standalone.setting;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The environment variables of a process and those of the {@code .env} beside it; the real ones win. */
public record Variables(Map<String, String> values) {
    public Variables {
        values = Map.copyOf(values);
    }

    /** Reads {@code .env} in the program's directory under the variables of this process. */
    public static Variables read(Path home, Map<String, String> real) {
        var values = new HashMap<>(DotEnv.read(home.resolve(".env")));
        values.putAll(real);
        return new Variables(values);
    }

    /** A variable's value; empty where it is unset or blank. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }
}
