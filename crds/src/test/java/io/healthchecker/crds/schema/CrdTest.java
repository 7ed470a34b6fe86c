package io.healthchecker.crds.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.healthchecker.testing.CommittedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrdTest {
    private static final CommittedFile FILE = new CommittedFile(
            Path.of("src/main/resources/META-INF/fabric8/" + GeneratedCrd.NAME + "-v1.yml"),
            CrdTest.class,
            "crd.write");

    @TempDir
    private Path directory;

    @Test
    void theCommittedFileIsWhatTheRecordsSay() throws IOException {
        String generated = GeneratedCrd.yaml(crd(), FILE.mend());
        FILE.assertIs(generated);
        assertThat(generated.length())
                .as("bytes, of which etcd and kubectl take many")
                .isLessThan(112 * 1_024);
    }

    @Test
    void everyFieldSaysWhatItIs() {
        assertThat(fields()).hasSizeGreaterThan(80);
        fields().forEach((path, field) -> {
            if (!path.endsWith("]") && !path.endsWith("*")) {
                assertThat(field.getDescription()).as(path).isNotBlank().endsWith(".");
            }
        });
    }

    @Test
    void everyFieldHasBounds() {
        fields().forEach((path, field) -> {
            switch (field.getType()) {
                case "string" ->
                    assertThat(field.getEnum().isEmpty() && field.getMaxLength() == null && !fixed(field))
                            .as(path + " has a largest size")
                            .isFalse();
                case "integer" -> {
                    assertThat(field.getMinimum()).as(path).isNotNull();
                    assertThat(field.getMaximum()).as(path).isNotNull();
                }
                case "array" -> {
                    assertThat(field.getMaxItems()).as(path).isNotNull();
                    assertThat(field.getXKubernetesListType()).as(path).isIn("atomic", "map");
                }
                case "object" ->
                    assertThat(field.getAdditionalProperties() != null && field.getMaxProperties() == null)
                            .as(path + " has a largest size")
                            .isFalse();
                case "boolean" -> {}
                default -> throw new AssertionError("%s is a %s".formatted(path, field.getType()));
            }
        });
    }

    // patterns without repetition bound the size by themselves
    private static boolean fixed(JSONSchemaProps field) {
        return field.getPattern() != null && !field.getPattern().matches(".*[*+].*");
    }

    // rules are a map by their text, and server-side apply refuses one that stands twice
    @Test
    void noRuleStandsTwiceAndEachSaysWhatToWrite() {
        fields().forEach((path, field) -> {
            List<ValidationRule> rules = field.getXKubernetesValidations();
            assertThat(rules).extracting(ValidationRule::getRule).as(path).doesNotHaveDuplicates();
            assertThat(rules)
                    .as(path)
                    .allSatisfy(rule -> assertThat(rule.getMessage() + rule.getMessageExpression())
                            .isNotEqualTo("nullnull"));
        });
    }

    @Test
    void conditionsAreAMapByTypeAndColumnsStandAsAPersonReads() {
        assertThat(fields().get("status.conditions").getXKubernetesListMapKeys())
                .containsExactly("type");
        assertThat(crd().getSpec().getVersions().getFirst().getAdditionalPrinterColumns().stream()
                        .map(column -> column.getName() + (column.getPriority() == 0 ? "" : "+"))
                        .collect(Collectors.joining(" ")))
                .isEqualTo("State Ready Since Target Age Period+ Reason+ Message+");
    }

    private CustomResourceDefinition crd() {
        return GeneratedCrd.model(directory);
    }

    private Map<String, JSONSchemaProps> fields() {
        Map<String, JSONSchemaProps> found = new TreeMap<>();
        JSONSchemaProps root =
                crd().getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        found.put("", root);
        GeneratedCrd.fields("", root, found);
        found.remove("");
        return found;
    }
}
