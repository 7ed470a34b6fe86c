package io.healthchecker.core.service;

import io.healthchecker.core.secret.Secret;
import io.healthchecker.crds.Definition;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One value of one Secret, as a definition refers to it: wherever a value may stand, there may be a {@code valueFrom}
 * instead. It is looked for in the definition's JSON, so that a new kind of probe can refer to Secrets without more ado.
 */
public record SecretReference(String name, String key) {
    private static final String VALUE_FROM = "valueFrom";
    private static final String REF = "secretKeyRef";

    /** All that a definition refers to, in its order. */
    public static Set<SecretReference> of(Definition definition) {
        Set<SecretReference> references = new LinkedHashSet<>();
        String json = DefinitionJson.write(definition);
        if (json.contains(REF)) {
            walk(DefinitionJson.tree(json), (_, reference) -> references.add(reference));
        }
        return references;
    }

    /**
     * A definition with values in the place of references, ready to be checked and never to be stored or shown.
     *
     * @throws IllegalArgumentException if one has no value, naming it
     */
    public static Definition resolve(Definition definition, Map<SecretReference, Secret> values) {
        String json = DefinitionJson.write(definition);
        if (!json.contains(REF)) {
            return definition;
        }
        JsonNode tree = DefinitionJson.tree(json);
        walk(tree, (holder, reference) -> {
            Secret value = values.get(reference);
            if (value == null) {
                throw new IllegalArgumentException("Secret %s has no value".formatted(reference));
            }
            holder.put("value", value.reveal());
            holder.remove(VALUE_FROM);
        });
        return DefinitionJson.read(tree.toString());
    }

    private static void walk(JsonNode node, BiConsumer<ObjectNode, SecretReference> found) {
        JsonNode reference = node.path(VALUE_FROM).path(REF);
        if (node instanceof ObjectNode holder
                && reference.path("name").isString()
                && reference.path("key").isString()) {
            found.accept(
                    holder,
                    new SecretReference(
                            reference.path("name").stringValue(),
                            reference.path("key").stringValue()));
            return;
        }
        node.forEach(child -> walk(child, found));
    }

    /** As it is stored and shown: {@code name/key}. */
    @Override
    public String toString() {
        return name + "/" + key;
    }
}
