package io.healthchecker.api.service;

import io.healthchecker.api.problem.FieldError;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.service.DefinitionJson;
import io.healthchecker.crds.Definition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What stands in a {@code value} of a definition may be a secret, so it is not shown; a mask that comes back in a change
 * stands for the value that is stored. Values are looked for in the definition's JSON, so that a new kind of probe can
 * have some without more ado.
 */
final class SecretMask {
    static final String MASK = "***";

    private static final String VALUE = "value";

    private static final Set<String> HARMLESS = Set.of(
            "accept",
            "accept-encoding",
            "accept-language",
            "cache-control",
            "content-type",
            "host",
            "origin",
            "user-agent");

    private final JsonNode tree;
    private final List<Holder> holders = new ArrayList<>();

    private SecretMask(Definition definition) {
        String json = DefinitionJson.write(definition);
        tree = DefinitionJson.tree(json);
        if (json.contains("\"%s\"".formatted(VALUE))) {
            definition.probes().keySet().forEach(kind -> find(kind, tree.path(kind)));
        }
    }

    /** Where a value stands, such as {@code http.headers[2]}. */
    private record Holder(String path, ObjectNode node) {
        // a header is the same one wherever it stands among the others
        String identity() {
            return node.path("name").isString()
                    ? path.replaceFirst("\\[\\d+]$", "") + "/"
                            + node.path("name").stringValue().toLowerCase(Locale.ROOT)
                    : path;
        }

        String value() {
            return node.path(VALUE).stringValue();
        }
    }

    private void find(String path, JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (isSecret(object)) {
                holders.add(new Holder(path, object));
            }
            object.properties().forEach(field -> find(path + "." + field.getKey(), field.getValue()));
        } else {
            for (int i = 0; i < node.size(); i++) {
                find("%s[%d]".formatted(path, i), node.path(i));
            }
        }
    }

    private static boolean isSecret(ObjectNode node) {
        String header = node.path("name").asString("").toLowerCase(Locale.ROOT);
        return node.path(VALUE).isString() && !HARMLESS.contains(header);
    }

    /** A definition as it may be shown. */
    static Definition hide(Definition definition) {
        SecretMask mask = new SecretMask(definition);
        mask.holders.forEach(holder -> holder.node.put(VALUE, MASK));
        return mask.holders.isEmpty() ? definition : mask.definition();
    }

    /**
     * A definition with the stored values where it bears masks.
     *
     * @param stored what is stored, null where nothing is
     * @throws ProblemException if there is no value for a mask
     */
    static Definition restore(Definition wanted, @Nullable Definition stored) {
        SecretMask mask = new SecretMask(wanted);
        mask.holders.removeIf(holder -> !holder.value().equals(MASK));
        if (mask.holders.isEmpty()) {
            return wanted;
        }
        Map<String, String> known = new HashMap<>();
        if (stored != null) {
            new SecretMask(stored).holders.forEach(holder -> known.putIfAbsent(holder.identity(), holder.value()));
        }
        List<FieldError> errors = new ArrayList<>();
        for (Holder holder : mask.holders) {
            String value = known.get(holder.identity());
            if (value == null) {
                errors.add(new FieldError(
                        holder.path + ".value",
                        "%s.value is \"***\", which stands for a stored value, and none is stored; write the value"
                                .formatted(holder.path)));
            } else {
                holder.node.put(VALUE, value);
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return mask.definition();
    }

    /**
     * A definition that names keys of a Secret where it has values.
     *
     * @param secret name of the Secret
     * @param keyOf a key for what a value is called: the name of its header, or else of its field
     */
    static Definition referring(Definition definition, String secret, Function<String, String> keyOf) {
        SecretMask mask = new SecretMask(definition);
        for (Holder holder : mask.holders) {
            String field = holder.path.substring(holder.path.lastIndexOf('.') + 1);
            String key = keyOf.apply(holder.node.path("name").asString(field));
            holder.node.remove(VALUE);
            holder.node
                    .putObject("valueFrom")
                    .putObject("secretKeyRef")
                    .put("name", secret)
                    .put("key", key);
        }
        return mask.holders.isEmpty() ? definition : mask.definition();
    }

    private Definition definition() {
        return DefinitionJson.read(tree.toString());
    }
}
