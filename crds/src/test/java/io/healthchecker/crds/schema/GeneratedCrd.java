package io.healthchecker.crds.schema;

import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.healthchecker.crds.HealthCheckService;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The CustomResourceDefinition as the generator makes it of the records, completed by what it has no words for. */
final class GeneratedCrd implements CRDPostProcessor {
    static final String NAME = "healthcheckservices.healthchecker.io";

    private static final Pattern WORDS = Pattern.compile("\\^\\(([A-Za-z0-9.]+(?:\\|[A-Za-z0-9.]+)*)\\)\\$");

    private @Nullable CustomResourceDefinition crd;

    private GeneratedCrd() {}

    static CustomResourceDefinition model(Path directory) {
        GeneratedCrd generated = new GeneratedCrd();
        new CRDGenerator()
                .customResourceClasses(HealthCheckService.class)
                .inOutputDir(directory.toFile())
                .withPostProcessor(generated)
                .generate();
        return generated.crd;
    }

    /** Its text; {@code mend} is the command that writes the committed file anew. */
    static String yaml(CustomResourceDefinition crd, String mend) {
        DumpSettings settings = DumpSettings.builder()
                .setSchema(new CoreSchema()) // or "True" would stand there without quotation marks
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(120)
                .build();
        Object tree = whole(new KubernetesSerialization().convertValue(crd, Map.class));
        return "# Made of the records of io.healthchecker.crds. To write it anew:\n# %s\n%s"
                .formatted(mend, new Dump(settings).dumpToString(tree));
    }

    // the model has fractions for all numbers
    private static Object whole(Object node) {
        return switch (node) {
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((key, value) -> copy.put(key, whole(value)));
                yield copy;
            }
            case List<?> list -> list.stream().map(GeneratedCrd::whole).toList();
            case Double number when number == Math.rint(number) -> number.longValue();
            default -> node;
        };
    }

    @Override
    public HasMetadata process(HasMetadata generated, String crdVersion) {
        CustomResourceDefinition definition = (CustomResourceDefinition) generated;
        for (CustomResourceDefinitionVersion version : definition.getSpec().getVersions()) {
            version.getAdditionalPrinterColumns().sort(Comparator.comparingInt(GeneratedCrd::place));
            JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
            root.setDescription("A service that is checked again and again, and what it is.");
            root.getProperties().get("spec").setDescription("How the service is checked, and when it counts as down.");
            root.getProperties().get("status").setDescription("What the service is. The operator writes it.");
            complete("", root);
        }
        crd = definition;
        return definition;
    }

    // the generator sorts them by path
    private static int place(CustomResourceColumnDefinition column) {
        return Arrays.stream(HealthCheckService.class.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList()
                .indexOf(column.getName());
    }

    private static void complete(String field, JSONSchemaProps schema) {
        switch (schema.getType()) {
            case "object" -> {
                schema.getProperties().forEach(GeneratedCrd::complete);
                if (schema.getAdditionalProperties() != null) {
                    complete("", schema.getAdditionalProperties().getSchema());
                }
            }
            case "array" -> {
                boolean map = field.equals("conditions");
                schema.setXKubernetesListType(map ? "map" : "atomic");
                schema.setXKubernetesListMapKeys(map ? List.of("type") : List.of());
                complete("", schema.getItems().getSchema());
            }
            case "string" -> {
                sayWords(schema);
                if (field.endsWith("Time")) {
                    schema.setFormat("date-time");
                }
            }
            case "integer" -> schema.setFormat(schema.getMaximum() <= Integer.MAX_VALUE ? "int32" : "int64");
            default -> {} // a boolean says all by itself
        }
    }

    // kubectl lists the words of an enum, where of a pattern it would show an expression
    private static void sayWords(JSONSchemaProps schema) {
        Matcher words = WORDS.matcher(schema.getPattern() == null ? "" : schema.getPattern());
        if (words.matches()) {
            schema.setPattern(null);
            schema.setEnum(Arrays.stream(words.group(1).split("\\|"))
                    .map(word -> (com.fasterxml.jackson.databind.JsonNode) TextNode.valueOf(word))
                    .toList());
        }
    }

    /** Every field below a schema, by path. */
    static void fields(String path, JSONSchemaProps schema, Map<String, JSONSchemaProps> found) {
        schema.getProperties().forEach((name, field) -> {
            String at = path.isEmpty() ? name : path + "." + name;
            found.put(at, field);
            fields(at, field, found);
        });
        if (schema.getItems() != null) {
            found.put(path + "[]", schema.getItems().getSchema());
            fields(path + "[]", schema.getItems().getSchema(), found);
        }
        if (schema.getAdditionalProperties() != null) {
            found.put(path + ".*", schema.getAdditionalProperties().getSchema());
            fields(path + ".*", schema.getAdditionalProperties().getSchema(), found);
        }
    }
}
