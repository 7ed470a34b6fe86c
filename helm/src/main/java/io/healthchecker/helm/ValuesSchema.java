package io.healthchecker.helm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schema of values: Helm refuses what it does not know before anything is rendered. */
final class ValuesSchema {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ValuesSchema() {}

    static String of(List<Value> values) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("$comment", "Generated from values.yaml.");
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        schema.put("properties", properties(values));
        return JSON.writeValueAsString(schema) + "\n";
    }

    private static Map<String, Object> properties(List<Value> values) {
        Map<String, Object> properties = new LinkedHashMap<>();
        values.forEach(value -> properties.put(value.name(), schema(value)));
        return properties;
    }

    private static Map<String, Object> schema(Value value) {
        Map<String, Object> schema = new LinkedHashMap<>();
        value.comment().ifPresent(comment -> schema.put("description", comment.text()));
        schema.put("type", type(value.standard()));
        if (value.isLeaf()) {
            schema.put("default", value.standard());
        } else {
            schema.put("additionalProperties", false);
            schema.put("properties", properties(value.parts()));
        }
        value.comment().ifPresent(comment -> schema.putAll(new TreeMap<>(comment.schema())));
        return schema;
    }

    private static String type(@Nullable Object standard) {
        return switch (standard) {
            case null -> "null";
            case Map<?, ?> _ -> "object";
            case List<?> _ -> "array";
            case Boolean _ -> "boolean";
            case Integer _ -> "integer";
            case String _ -> "string";
            default -> throw new IllegalArgumentException("no value is a " + standard.getClass());
        };
    }
}
