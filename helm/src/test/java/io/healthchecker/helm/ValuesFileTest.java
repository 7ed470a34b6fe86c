package io.healthchecker.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ValuesFileTest {
    private static final String VALUES = """
            # Of the file.

            # How many,
            # and no more.
            # @schema {minimum: 1}
            replicas: 2
            # A pod.
            pod:
              # Its name | or none.
              # @schema {enum: [a, b]}
              name: ""
              # What it needs.
              resources:
                limits:
                  memory: 1Mi
            # Last.
            last: []
            """;

    private final List<Value> values = ValuesFile.parse(VALUES).values();

    @Test
    void aCommentBelongsToTheKeyRightBelowIt() {
        assertThat(values).extracting(Value::path).containsExactly("replicas", "pod", "last");
        assertThat(values.getFirst().comment().orElseThrow().text()).isEqualTo("How many, and no more.");
        assertThat(values.get(1).parts()).extracting(Value::path).containsExactly("pod.name", "pod.resources");
    }

    @Test
    void aMapWithoutCommentsInItIsTheUsersOwn() {
        assertThat(values.get(1).parts().getLast().isLeaf()).isTrue();
    }

    @Test
    void theSchemaIsInferredAndAddedTo() {
        JsonNode schema = JsonMapper.shared().readTree(ValuesSchema.of(values));

        assertThat(schema.at("/properties/replicas/type").asString()).isEqualTo("integer");
        assertThat(schema.at("/properties/replicas/minimum").asInt()).isEqualTo(1);
        assertThat(schema.at("/properties/pod/additionalProperties").asBoolean(true))
                .isFalse();
        assertThat(schema.at("/properties/pod/properties/resources/additionalProperties")
                        .isMissingNode())
                .isTrue();
        assertThat(schema.at("/properties/last/type").asString()).isEqualTo("array");
    }

    @Test
    void theTableHasARowForEachAndKeepsTheRestOfTheReadme() {
        String readme = """
                # Chart
                <!-- values: generated from values.yaml -->
                old
                <!-- end of values -->
                the end
                """;

        assertThat(ValuesTable.into(readme, values)).isEqualTo("""
                # Chart
                <!-- values: generated from values.yaml -->
                | value | default | meaning |
                |---|---|---|
                | `replicas` | `2` | How many, and no more. |
                | **pod** |  | A pod. |
                | `pod.name` | `""` | Its name \\| or none. (a, b) |
                | `pod.resources` | `{"limits":{"memory":"1Mi"}}` | What it needs. |
                | `last` | `[]` | Last. |
                <!-- end of values -->
                the end
                """);
        assertThatThrownBy(() -> ValuesTable.into("# Chart\n", values)).hasMessageContaining("the README lacks a line");
    }

    @Test
    void whatIsNoSchemaIsSaidSo() {
        assertThatThrownBy(() -> ValuesFile.parse("# @schema minimum 1\na: 1\n"))
                .hasMessage("a: \"@schema minimum 1\" must be like @schema {minimum: 1}");
    }
}
