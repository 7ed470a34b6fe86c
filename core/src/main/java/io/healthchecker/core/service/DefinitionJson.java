package io.healthchecker.core.service;

import io.healthchecker.crds.Definition;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A definition as it is stored: unknown fields are ignored, so that an older process reads what a newer one wrote. */
public final class DefinitionJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private DefinitionJson() {}

    public static String write(Definition definition) {
        return MAPPER.writeValueAsString(definition);
    }

    public static Definition read(String json) {
        return MAPPER.readValue(json, Definition.class);
    }

    /** Every {@code value} that stands in its probe, such as those of headers: some of them are secrets. */
    public static List<String> values(Definition definition) {
        List<String> values = new ArrayList<>();
        JsonNode tree = tree(write(definition));
        definition
                .probes()
                .keySet()
                .forEach(kind -> tree.path(kind).findValues("value").stream()
                        .filter(JsonNode::isString)
                        .forEach(value -> values.add(value.stringValue())));
        return values;
    }

    /** Its JSON as a tree, to be changed at will. */
    public static JsonNode tree(String json) {
        return MAPPER.readTree(json);
    }
}
