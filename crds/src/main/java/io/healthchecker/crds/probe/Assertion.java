package io.healthchecker.crds.probe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** An expression that must be true of an answer. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Assertion(
        @Required
        @Size(min = 1, max = 1_024)
        @JsonPropertyDescription(
                "Expression in CEL, such as json.db == \"ok\"; docs/reference/expressions.md lists its variables.")
        @Nullable
        String expression,

        @Size(min = 1, max = 256) @JsonPropertyDescription("What it means if it is not true, for a person.") @Nullable
        String message) {}
