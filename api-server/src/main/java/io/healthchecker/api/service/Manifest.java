package io.healthchecker.api.service;

import io.healthchecker.core.service.DefinitionJson;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.Source;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.crds.ServiceAnnotation;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * A service as a custom resource, ready to be applied. Values that may be secrets are not in it: it names a Secret where
 * they are to be put.
 */
final class Manifest {
    private static final int MAX_NAME = 57; // leaves room for "-probe" in the 63 characters of a label

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .build();

    private final @Nullable Service service;
    private final Definition definition;
    private final String namespace;
    private final String name;
    private final Set<String> keys = new LinkedHashSet<>();

    private Manifest(@Nullable Service service, Definition definition, String namespace, String name) {
        this.service = service;
        this.definition = definition;
        this.namespace = namespace;
        this.name = name;
    }

    /** The text of a service. */
    static String of(Service service) {
        String owner = service.source() == Source.KUBERNETES ? String.valueOf(service.owner()) : "";
        String[] resource = owner.split("/", 3); // cluster, namespace, name
        return (resource.length == 3
                        ? new Manifest(service, service.definition(), resource[1], resource[2])
                        : new Manifest(
                                service,
                                service.definition(),
                                "",
                                resourceName(service.name(), "service-" + service.id())))
                .text();
    }

    /** The text of a service that is not stored. */
    static String of(String name, Definition definition) {
        return new Manifest(null, definition, "", resourceName(name, "service")).text();
    }

    private String text() {
        ObjectNode spec = (ObjectNode)
                YAML.readTree(DefinitionJson.write(SecretMask.referring(definition, secretName(), this::key)));
        ObjectNode manifest = YAML.createObjectNode();
        manifest.put("apiVersion", HealthCheckService.GROUP + "/" + HealthCheckService.VERSION);
        manifest.put("kind", HealthCheckService.KIND);
        ObjectNode metadata = manifest.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        if (service != null && service.source() != Source.KUBERNETES) {
            metadata.putObject("annotations").put(ServiceAnnotation.ADOPT, Long.toString(service.id()));
        }
        manifest.set("spec", spec);
        return comment() + YAML.writeValueAsString(manifest);
    }

    private String comment() {
        StringBuilder comment = new StringBuilder();
        if (service != null) {
            comment.append("# Service %d as a custom resource.\n".formatted(service.id()));
        }
        if (service != null && service.source() != Source.KUBERNETES) {
            comment.append(
                    "# Applied in a namespace of its team, the resource takes the service over with its history.\n");
        }
        if (!keys.isEmpty()) {
            comment.append("# Values that may be secrets are not exported. Put them there before you apply it:\n");
            comment.append("#   kubectl create secret generic ").append(secretName());
            keys.forEach(key -> comment.append(" --from-literal=").append(key).append("=…"));
            comment.append("\n#   kubectl label secret ")
                    .append(secretName())
                    .append(" healthchecker.io/probe-secret=true\n");
        }
        return comment.toString();
    }

    private String key(String of) {
        String wanted = of.toLowerCase(Locale.ROOT).replaceAll("[^-._a-z0-9]", "-");
        String key = wanted;
        for (int copy = 2; !keys.add(key); copy++) {
            key = "%s-%d".formatted(wanted, copy);
        }
        return key;
    }

    private String secretName() {
        return name + "-probe";
    }

    /** A name that Kubernetes takes, as near as may be to the service's own. */
    private static String resourceName(String of, String otherwise) {
        String plain = Normalizer.normalize(of, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        String cut = plain.substring(0, Math.min(MAX_NAME, plain.length())).replaceAll("^-+|-+$", "");
        return cut.isEmpty() ? otherwise : cut;
    }
}
