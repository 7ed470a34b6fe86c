package io.healthchecker.core.assertion;

import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON as values of expressions. A whole number is a Long where it fits, any other a Double: 1 and 1.0 are equal. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int SHOWN = 40;

    private Json() {}

    /** @param cut whether there was more text than this */
    static Object parse(String text, boolean cut) {
        if (text.isBlank()) {
            throw new NotThere("the body is not JSON: it is empty");
        }
        JsonNode tree;
        try {
            tree = MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new NotThere(
                    cut
                            ? "the body is not JSON as far as it is read, which is %d bytes".formatted(Answer.MAX_BODY)
                            : "the body is not JSON: it begins with \"%s\"".formatted(Excerpt.of(text.strip(), SHOWN)));
        }
        return value(tree);
    }

    private static Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                node.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
                yield map;
            }
            case ARRAY -> {
                List<Object> list = new ArrayList<>(node.size());
                node.forEach(item -> list.add(value(item)));
                yield list;
            }
            case STRING -> node.stringValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER ->
                node.canConvertToLong() && node.canConvertToExactIntegral()
                        ? (Object) node.longValue()
                        : node.doubleValue();
            case NULL, MISSING, BINARY, POJO -> NullValue.NULL_VALUE;
        };
    }
}
