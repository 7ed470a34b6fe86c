package io.healthchecker.core.service;

import io.healthchecker.crds.Definition;
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

    /** Its JSON as a tree, to be changed at will. */
    public static JsonNode tree(String json) {
        return MAPPER.readTree(json);
    }
}
