package io.healthchecker.core.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.crds.Definition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.json.JsonMapper;

/** Whatever is written as a file is read as what it was. A failure names its seed. */
class DefinitionRoundTripTest {
    private static final List<FlowStyle> STYLES = List.of(FlowStyle.values());

    private final long seed = new Random().nextLong();
    private final RandomDefinition random = new RandomDefinition(seed);
    private final String name = random.name();
    private final Definition definition = random.definition();

    @RepeatedTest(300)
    void asJson() {
        String json = JsonMapper.shared().writeValueAsString(document()).replace("\u0085", "\\u0085");

        assertThat(read(json)).as(described()).isEqualTo(expected());
    }

    @RepeatedTest(300)
    void asYamlInAnyStyle() {
        DumpSettings settings = DumpSettings.builder()
                .setSchema(new CoreSchema()) // the reader's: JSON's would leave "~" without quotation marks
                .setDefaultFlowStyle(STYLES.get(Math.floorMod(seed, 3)))
                .setWidth(20 + (int) Math.floorMod(seed, 100L))
                .setMultiLineFlow((seed & 8) == 0)
                .setUseUnicodeEncoding(false) // or it would write U+0085 as it is
                .build();

        assertThat(read(new Dump(settings).dumpToString(document())))
                .as(described())
                .isEqualTo(expected());
    }

    @RepeatedTest(300)
    void asItIsStored() {
        assertThat(DefinitionRules.violations(definition, Source.REST))
                .as(described())
                .isEmpty();
        assertThat(DefinitionJson.read(DefinitionJson.write(definition)))
                .as(described())
                .isEqualTo(definition);
    }

    private Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", "healthchecker.io/v1alpha1");
        document.put("kind", "HealthCheckService");
        document.put("metadata", Map.of("name", name));
        document.put("spec", JsonMapper.shared().convertValue(definition, Map.class));
        return document;
    }

    private static Object read(String text) {
        DefinitionFile read = DefinitionReader.read("a.yaml", text.getBytes(UTF_8));
        return read.errors().isEmpty()
                ? Map.of(
                        read.definitions().getFirst().name(),
                        read.definitions().getFirst().definition())
                : read.errors();
    }

    private Object expected() {
        return Map.of(name, definition);
    }

    private String described() {
        return "seed %d: %s %s".formatted(seed, name, definition);
    }
}
