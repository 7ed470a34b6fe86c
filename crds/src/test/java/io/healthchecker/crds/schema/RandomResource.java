package io.healthchecker.crds.schema;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Resources that a schema admits, its rules between fields aside. */
final class RandomResource {
    // an expression is not easily turned into texts: each has some that match it
    private static final Map<String, List<String>> MATCHING = Map.ofEntries(
            entry("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$", List.of("A", "X-Token", "`~!")),
            entry("^[^\\x00\\r\\n]*$", List.of("", "Bearer abc", "\u00e9\t\uD83D\uDE00")),
            entry("^[1-5][0-9]{2}(-[1-5][0-9]{2})?$", List.of("100", "200-299", "599-100")),
            entry("^([0-9a-fA-F]{2})+$", List.of("00", "fFa0")),
            entry("^TLS_[A-Z0-9_]+$", List.of("TLS_AES_128_GCM_SHA256")),
            entry("^/[!-\"$-~]*$", List.of("/", "/dns-query")),
            entry("^[0-9a-fA-F.:]+(/[0-9]{1,3})?$", List.of("::", "192.0.2.0/24")),
            entry(
                    "^(A|AAAA|CAA|CNAME|DNSKEY|DS|HTTPS|MX|NAPTR|NS|PTR|SOA|SRV|SSHFP|SVCB|TLSA|TXT|TYPE[1-9][0-9]{0,4})$",
                    List.of("A", "TYPE65535")),
            entry("^[0-9a-fA-F]{64}$", List.of("aB0".repeat(21) + "0")),
            entry("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", List.of("a", "a-b.c")),
            entry("^[A-Za-z0-9]([A-Za-z0-9 ._-]*[A-Za-z0-9])?$", List.of("a", "Log in_2")),
            entry("^[A-Za-z_][A-Za-z0-9_]*$", List.of("_", "token2")),
            entry("^[\\x21\\x23-\\x5b\\x5d-\\x7e]+$", List.of("read", "https://a.test/all")),
            entry("^[^:\\x00-\\x1f\\x7f]+$", List.of("user", "\u00fcber all")),
            entry(
                    "^\\$(\\.[A-Za-z_][A-Za-z0-9_-]*|\\['[^']+'\\]|\\[[0-9]{1,6}\\])*$",
                    List.of("$", "$.items[0]['a b'].id")),
            entry("^[-._a-zA-Z0-9]+$", List.of("token", "..A_-")),
            entry("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$", List.of("A", "Scheduled", "a:b,c_")),
            entry(
                    "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
                    List.of("Ready", "example.com/Ready")));

    private static final String[] TEXTS = {"a", "null", "1", "true", "\n", "\u0001", "\"", "\\", "é", "\uD83D\uDE00"};

    private final Random random;
    private final JsonNodeFactory json = JsonNodeFactory.instance;
    private final List<ObjectNode> records = new ArrayList<>();

    RandomResource(long seed) {
        this.random = new Random(seed);
    }

    /** What a schema admits. */
    JsonNode of(JSONSchemaProps schema) {
        return switch (schema.getType()) {
            case "object" -> schema.getAdditionalProperties() == null ? record(schema) : map(schema);
            case "array" -> array(schema);
            case "string" -> json.textNode(text(schema));
            case "integer" -> json.numberNode(number(schema));
            case "boolean" -> json.booleanNode(random.nextBoolean());
            default -> throw new AssertionError("no values are known of type " + schema.getType());
        };
    }

    /** Adds fields to what was made so far that only a newer schema has. */
    void addWhatIsUnknown() {
        for (ObjectNode each : records) {
            if (random.nextInt(3) == 0) {
                each.set("someday", random.nextBoolean() ? json.objectNode().put("a", 1) : json.textNode("x"));
            }
        }
    }

    private ObjectNode record(JSONSchemaProps schema) {
        ObjectNode made = json.objectNode();
        schema.getProperties().forEach((name, field) -> {
            if (schema.getRequired().contains(name) || random.nextInt(3) > 0) {
                made.set(name, of(field));
            }
        });
        records.add(made);
        return made;
    }

    private ObjectNode map(JSONSchemaProps schema) {
        ObjectNode made = json.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            made.set("key" + i, of(schema.getAdditionalProperties().getSchema()));
        }
        return made;
    }

    private ArrayNode array(JSONSchemaProps schema) {
        ArrayNode made = json.arrayNode();
        int least = schema.getMinItems() == null ? 0 : schema.getMinItems().intValue();
        int most = random.nextInt(20) == 0 ? schema.getMaxItems().intValue() : least + 3;
        for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
            made.add(of(schema.getItems().getSchema()));
        }
        return made;
    }

    private String text(JSONSchemaProps schema) {
        if (!schema.getEnum().isEmpty()) {
            // a newer schema knows more words
            return random.nextInt(10) == 0
                    ? "Someday"
                    : schema.getEnum()
                            .get(random.nextInt(schema.getEnum().size()))
                            .textValue();
        }
        if ("date-time".equals(schema.getFormat())) {
            return random.nextBoolean() ? "2026-11-25T22:00:00Z" : "2026-11-25t22:00:00.123456789+01:00";
        }
        if (schema.getPattern() != null) {
            List<String> matching = MATCHING.get(schema.getPattern());
            if (matching == null) {
                throw new AssertionError("add texts that match " + schema.getPattern());
            }
            return matching.get(random.nextInt(matching.size()));
        }
        int least = schema.getMinLength() == null ? 0 : schema.getMinLength().intValue();
        int most = random.nextInt(50) == 0 ? schema.getMaxLength().intValue() : least + 10;
        StringBuilder text = new StringBuilder();
        for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
            text.append(TEXTS[random.nextInt(TEXTS.length)]);
        }
        return text.toString();
    }

    private long number(JSONSchemaProps schema) {
        long least = schema.getMinimum().longValue();
        long most = schema.getMaximum().longValue();
        return switch (random.nextInt(3)) {
            case 0 -> least;
            case 1 -> most;
            default -> least + (long) (random.nextDouble() * (most - least));
        };
    }
}
