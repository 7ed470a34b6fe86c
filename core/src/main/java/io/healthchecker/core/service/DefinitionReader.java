package io.healthchecker.core.service;

import io.healthchecker.core.service.Findings.Place;
import io.healthchecker.crds.Definition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads a YAML file of services: documents of the same kind that Kubernetes takes, or lists of them. It is stricter than
 * Kubernetes: what it does not know it refuses, since nobody else will ever look at the file.
 */
public final class DefinitionReader {
    /** Largest file in bytes. */
    public static final int MAX_BYTES = 1_048_576;

    /** What an API server writes into a resource, and nobody who applies one. */
    private static final Set<String> WRITTEN_BY_KUBERNETES = Set.of(
            "creationTimestamp",
            "deletionGracePeriodSeconds",
            "deletionTimestamp",
            "finalizers",
            "generateName",
            "generation",
            "managedFields",
            "ownerReferences",
            "resourceVersion",
            "selfLink",
            "uid");

    private static final String API_VERSION = "healthchecker.io/v1alpha1";
    private static final String KIND = "HealthCheckService";

    /** A document; namespace and annotations may stand there, but mean nothing in a file. */
    record Document(
            @Nullable String apiVersion,
            @Nullable String kind,
            @Nullable Metadata metadata,
            @Nullable Definition spec) {}

    record Metadata(
            @Nullable String name,
            @Nullable String namespace,
            @Nullable Map<String, String> labels,
            @Nullable Map<String, String> annotations) {}

    private final Findings findings;
    private final boolean fromKubernetes;
    private final Map<String, NamedDefinition> definitions = new HashMap<>();
    private final List<NamedDefinition> ordered = new ArrayList<>();

    private DefinitionReader(String file, boolean fromKubernetes) {
        this.findings = new Findings(file);
        this.fromKubernetes = fromKubernetes;
    }

    /**
     * Reads a file.
     *
     * @param file its name, as errors show it
     * @param content at most one byte more than {@link #MAX_BYTES} of it
     */
    public static DefinitionFile read(String file, byte[] content) {
        return read(new DefinitionReader(file, false), content);
    }

    /** The same of what {@code kubectl get -o yaml} prints: what only an API server writes is passed over. */
    public static DefinitionFile readExported(String file, byte[] content) {
        return read(new DefinitionReader(file, true), content);
    }

    private static DefinitionFile read(DefinitionReader reader, byte[] content) {
        if (content.length > MAX_BYTES) {
            reader.findings.add(Place.START, "", "the file has more than %d bytes; split it".formatted(MAX_BYTES));
        } else {
            reader.documents(content);
        }
        return new DefinitionFile(reader.ordered, reader.findings.errors());
    }

    private void documents(byte[] content) {
        List<YamlText.Part> parts = YamlText.documents(content, findings);
        for (YamlText.Part part : parts) {
            for (Node node : YamlTree.read(part, findings)) {
                document(node, "", part);
            }
        }
        if (parts.isEmpty() && findings.count() == 0) {
            findings.add(
                    Place.START, "", "the file has no document; write one, or delete the file to remove its services");
        }
    }

    private void document(Node node, String path, YamlText.Part part) {
        YamlRecord record = new YamlRecord(part, findings);
        if (!(node instanceof MappingNode mapping)) {
            record.read(Document.class, path, node);
            return;
        }
        if (fromKubernetes) {
            forget(mapping, Set.of("status"));
            value(mapping, "metadata").ifPresent(metadata -> {
                if (metadata instanceof MappingNode fields) {
                    forget(fields, WRITTEN_BY_KUBERNETES);
                }
            });
        }
        String kind = text(mapping, "kind").orElse(null);
        if (path.isEmpty() && ("List".equals(kind) || (KIND + "List").equals(kind))) {
            list(mapping, part);
        } else if (ours(mapping, path, part)) {
            service(record.read(Document.class, path, node), path, record);
        }
    }

    private void list(MappingNode list, YamlText.Part part) {
        for (NodeTuple entry : list.getValue()) {
            String name = entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
            switch (name) {
                case "apiVersion", "kind", "metadata" -> {} // nothing in them concerns us
                case "items" -> items(entry.getValueNode(), part);
                default ->
                    findings.add(
                            YamlTree.place(entry.getKeyNode(), part),
                            name,
                            "%s is not a field of a list; remove it, or use one of apiVersion, items, kind, metadata"
                                    .formatted(name));
            }
        }
    }

    private void items(Node items, YamlText.Part part) {
        if (!(items instanceof SequenceNode sequence)) {
            findings.add(YamlTree.place(items, part), "items", "items must be a list");
            return;
        }
        int number = 0;
        for (Node item : sequence.getValue()) {
            document(item, "items[%d]".formatted(number++), part);
        }
    }

    private boolean ours(MappingNode document, String path, YamlText.Part part) {
        boolean version = is(document, path, "apiVersion", API_VERSION, part);
        return is(document, path, "kind", KIND, part) && version;
    }

    private boolean is(MappingNode document, String path, String field, String wanted, YamlText.Part part) {
        Optional<String> found = text(document, field);
        if (found.isPresent() && found.get().equals(wanted)) {
            return true;
        }
        Place place = YamlTree.place(value(document, field).orElse(document), part);
        String name = YamlRecord.child(path, field);
        findings.add(
                place,
                name,
                found.map(text -> "%s is %s; it must be %s".formatted(name, Bounds.shown(field, text), wanted))
                        .orElseGet(() -> "%s is missing; it must be %s".formatted(name, wanted)));
        return false;
    }

    private void service(@Nullable Document document, String path, YamlRecord record) {
        if (document == null) {
            return;
        }
        int before = findings.count();
        Metadata metadata = document.metadata();
        String name = metadata == null ? null : metadata.name();
        String metadataPath = YamlRecord.child(path, "metadata");
        for (Violation violation : DefinitionRules.nameViolations(name)) {
            find(violation, metadataPath, record);
        }
        String specPath = YamlRecord.child(path, "spec");
        Definition definition = document.spec();
        if (definition == null) {
            find(new Violation("spec", "spec is missing; it is required"), path, record);
            return;
        }
        Map<String, String> labels = metadata == null ? null : metadata.labels();
        Definition labelled = labels == null ? definition : labelled(definition, labels);
        for (Violation violation : DefinitionRules.violations(labelled, Source.FILE)) {
            boolean inherited = violation.field().startsWith("labels.")
                    && !record.holds(YamlRecord.child(specPath, violation.field()));
            find(violation, inherited ? metadataPath : specPath, record);
        }
        if (name != null && findings.count() == before && record.unread().isEmpty()) {
            add(name, labelled, record.place(YamlRecord.child(metadataPath, "name")), path);
        }
    }

    private void find(Violation violation, String path, YamlRecord record) {
        String field = YamlRecord.child(path, violation.field());
        String message = violation.message();
        boolean named = !violation.field().isEmpty() && message.startsWith(violation.field());
        String rest = named ? message.substring(violation.field().length()) : ": " + message;
        if (record.unread().stream().noneMatch(unread -> clouds(unread, field, rest))) {
            findings.add(record.place(field), field, field + rest);
        }
    }

    /** Whether a rule would judge what is not known, since it could not be read. */
    private static boolean clouds(String unread, String field, String rest) {
        return field.equals(unread)
                || field.startsWith(unread + ".")
                || field.startsWith(unread + "[")
                || rest.matches("(?s).*\\b" + lastName(unread) + "\\b.*");
    }

    private static String lastName(String path) {
        return Pattern.quote(path.substring(path.lastIndexOf('.') + 1));
    }

    private void add(String name, Definition definition, Place place, String path) {
        NamedDefinition named = new NamedDefinition(name, definition, place.line(), place.column());
        NamedDefinition first = definitions.putIfAbsent(name, named);
        if (first == null) {
            ordered.add(named);
        } else {
            String field = YamlRecord.child(path, "metadata.name");
            findings.add(
                    place,
                    field,
                    "%s is %s, as in line %d; give one of the two another name"
                            .formatted(field, Bounds.shown(field, name), first.line()));
        }
    }

    private static Definition labelled(Definition definition, Map<String, String> inherited) {
        Map<String, String> labels = new HashMap<>(inherited);
        if (definition.labels() != null) {
            labels.putAll(definition.labels());
        }
        return definition.with(draft -> draft.labels = labels);
    }

    private static void forget(MappingNode mapping, Set<String> keys) {
        mapping.setValue(mapping.getValue().stream()
                .filter(entry -> !(entry.getKeyNode() instanceof ScalarNode key && keys.contains(key.getValue())))
                .toList());
    }

    private static Optional<Node> value(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(entry -> entry.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    private static Optional<String> text(MappingNode mapping, String key) {
        return value(mapping, key)
                .flatMap(node -> node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty());
    }
}
