package io.healthchecker.core.service;

import io.healthchecker.core.service.Findings.Place;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One YAML document as records: nothing is converted, nothing ignored, and whatever does not fit is found with its
 * place. What could not be read is null in the record.
 */
final class YamlRecord {
    private final YamlText.Part part;
    private final Findings findings;
    private final Map<String, Place> places = new HashMap<>();
    private final Set<String> unread = new HashSet<>();

    YamlRecord(YamlText.Part part, Findings findings) {
        this.part = part;
        this.findings = findings;
    }

    /** Where a field stands, or what holds it where it is absent. */
    Place place(String path) {
        Place place = places.get(path);
        if (place != null || path.isEmpty()) {
            return place == null ? new Place(part.firstLine() + 1, 1) : place;
        }
        return place(path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('[')))));
    }

    boolean holds(String path) {
        return places.containsKey(path);
    }

    /** Paths of the fields that are there, but could not be read. */
    Set<String> unread() {
        return unread;
    }

    /** Reads a node as a record, null if it is not even a mapping. */
    <T extends Record> @Nullable T read(Class<T> type, String path, Node node) {
        places.put(path, YamlTree.place(node, part));
        if (!(node instanceof MappingNode mapping)) {
            String fields = String.join(", ", components(type).keySet());
            refuse(path, "%s; it must be a mapping with fields of these: %s".formatted(kind(node), fields));
            return null;
        }
        Map<String, RecordComponent> components = components(type);
        Map<String, Object> read = new HashMap<>();
        entries(path, mapping, (name, entry) -> {
            RecordComponent component = components.get(name);
            String field = child(path, name);
            if (component == null) {
                unknown(field, name, entry.getKeyNode(), components.keySet());
            } else {
                Object value = value(
                        component.getGenericType(), Bounds.declared(type, component), field, entry.getValueNode());
                if (value != null) {
                    read.put(name, value);
                }
            }
        });
        return make(type, read);
    }

    private @Nullable Object value(Type type, AnnotatedElement field, String path, Node node) {
        places.put(path, YamlTree.place(node, part));
        if (!findings.mayRead()) {
            unread.add(path);
            return null;
        }
        if (Tag.NULL.equals(node.getTag())) {
            return null;
        }
        return switch (type) {
            case ParameterizedType of
            when of.getRawType() == List.class -> list(of.getActualTypeArguments()[0], path, node);
            case ParameterizedType _ -> map(path, node);
            case Class<?> plain when plain == Integer.class -> integer(field, path, node);
            case Class<?> plain when plain == Boolean.class -> bool(path, node);
            case Class<?> plain when plain == String.class -> text(path, node);
            case Class<?> nested -> read(nested.asSubclass(Record.class), path, node);
            default -> throw new IllegalStateException("%s has the type %s, unknown here".formatted(path, type));
        };
    }

    private @Nullable List<@Nullable Object> list(Type item, String path, Node node) {
        if (!(node instanceof SequenceNode sequence)) {
            refuse(path, "%s; it must be a list".formatted(kind(node)));
            return null;
        }
        List<@Nullable Object> list = new ArrayList<>();
        for (Node entry : sequence.getValue()) {
            list.add(value(item, String.class, "%s[%d]".formatted(path, list.size()), entry));
        }
        return list;
    }

    private @Nullable Map<String, String> map(String path, Node node) {
        if (!(node instanceof MappingNode mapping)) {
            refuse(path, "%s; it must be a mapping of texts to texts".formatted(kind(node)));
            return null;
        }
        Map<String, String> map = new LinkedHashMap<>();
        entries(path, mapping, (name, entry) -> {
            String field = child(path, name);
            Object value = value(String.class, String.class, field, entry.getValueNode());
            if (value != null) {
                map.put(name, (String) value);
            } else if (!unread.contains(field)) {
                refuse(field, "null; give it a text or remove it");
            }
        });
        return map;
    }

    private @Nullable Integer integer(AnnotatedElement field, String path, Node node) {
        String wanted = "a whole number"
                + Bounds.range(field).map(" from %s"::formatted).orElse("");
        if (node instanceof ScalarNode scalar) {
            String value = scalar.getValue();
            boolean digits = value.matches("-?(0|[1-9][0-9]*)");
            if (digits && Tag.INT.equals(scalar.getTag()) && value.length() < 11) {
                long number = Long.parseLong(value);
                if (number == (int) number) {
                    return (int) number;
                }
            }
            if (digits && Tag.STR.equals(scalar.getTag())) {
                wanted += "; remove the quotes";
            }
        }
        refuse(path, "%s; it must be %s".formatted(shown(path, node), wanted));
        return null;
    }

    private @Nullable Boolean bool(String path, Node node) {
        if (node instanceof ScalarNode scalar && Tag.BOOL.equals(scalar.getTag())) {
            return Boolean.valueOf(scalar.getValue());
        }
        refuse(path, "%s; it must be true or false".formatted(shown(path, node)));
        return null;
    }

    private @Nullable String text(String path, Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            refuse(path, "%s; it must be a text".formatted(kind(node)));
            return null;
        }
        // << merges where it is a key; as a value it is two characters
        if (Tag.STR.equals(scalar.getTag()) || Tag.MERGE.equals(scalar.getTag())) {
            return scalar.getValue();
        }
        boolean secret = secret(path);
        refuse(
                path,
                "%s; it must be a text: %s"
                        .formatted(
                                secret ? kind(node) : "%s, %s".formatted(shorten(scalar.getValue()), kind(node)),
                                secret ? "put it in quotes" : "write \"%s\"".formatted(shorten(scalar.getValue()))));
        return null;
    }

    private interface Entries {
        void entry(String name, NodeTuple entry);
    }

    private void entries(String path, MappingNode mapping, Entries each) {
        Map<String, Integer> lines = new HashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                findings.add(
                        YamlTree.place(entry.getKeyNode(), part),
                        path,
                        "a key is %s; it must be a text".formatted(kind(entry.getKeyNode())));
                continue;
            }
            Place place = YamlTree.place(key, part);
            Integer first = lines.putIfAbsent(key.getValue(), place.line());
            if (first == null) {
                each.entry(key.getValue(), entry);
            } else {
                String field = child(path, shorten(key.getValue()));
                findings.add(
                        place, field, "%s is there already, in line %d; remove one of the two".formatted(field, first));
            }
        }
    }

    private void unknown(String path, String name, Node key, Set<String> known) {
        String near = known.stream()
                .filter(field -> Spelling.near(field, name))
                .findFirst()
                .map("; did you mean %s?"::formatted)
                .orElseGet(() -> "; remove it, or use one of %s".formatted(String.join(", ", known)));
        String field = path.substring(0, path.length() - name.length()) + shorten(name);
        findings.add(YamlTree.place(key, part), field, "%s is not a field here%s".formatted(field, near));
    }

    private void refuse(String path, String isAndMust) {
        unread.add(path);
        findings.add(place(path), path, "%s is %s".formatted(path.isEmpty() ? "the document" : path, isAndMust));
    }

    private static String shown(String path, Node node) {
        return node instanceof ScalarNode scalar && !secret(path)
                ? Tag.STR.equals(node.getTag())
                        ? "\"%s\"".formatted(shorten(scalar.getValue()))
                        : shorten(scalar.getValue())
                : kind(node);
    }

    // what is sent may be a secret
    private static boolean secret(String path) {
        return path.endsWith(".value") || path.endsWith(".body");
    }

    private static String shorten(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    private static String kind(Node node) {
        return switch (node) {
            case MappingNode _ -> "a mapping";
            case SequenceNode _ -> "a list";
            default ->
                switch (node.getTag().getValue().replace(Tag.PREFIX, "")) {
                    case "int", "float" -> "a number";
                    case "bool" -> "true or false";
                    case "null" -> "null";
                    case "str" -> "a text";
                    default -> "tagged " + shorten(node.getTag().getValue());
                };
        };
    }

    static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static Map<String, RecordComponent> components(Class<?> type) {
        Map<String, RecordComponent> components = new TreeMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            components.put(component.getName(), component);
        }
        return components;
    }

    private static <T extends Record> T make(Class<T> type, Map<String, Object> values) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            var constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(Arrays.stream(components)
                    .map(component -> values.get(component.getName()))
                    .toArray());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
