package io.healthchecker.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One aspect of a resource, as Kubernetes writes them ({@code metav1.Condition}); times are RFC 3339 in UTC. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
        @Required
        @Size(min = 1, max = 316)
        @Pattern(
                "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$")
        @JsonPropertyDescription("Which aspect, such as Ready or Healthy.")
        @Nullable
        String type,

        @Required @Pattern("^(True|False|Unknown)$") @JsonPropertyDescription("Whether it holds.") @Nullable
        String status,

        @Min(0)
        @Max(Condition.MAX_INTEGER)
        @JsonPropertyDescription("Generation of the resource that this was said of.")
        @Nullable
        Long observedGeneration,

        @Required @Size(max = 64) @JsonPropertyDescription("When status changed last.") @Nullable
        String lastTransitionTime,

        @Required
        @Size(min = 1, max = 1_024)
        @Pattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")
        @JsonPropertyDescription("Why, in one word for programs.")
        @Nullable
        String reason,

        @Required @Size(max = 32_768) @JsonPropertyDescription("Why, for a person.") @Nullable
        String message) {

    /** Largest integer that every reader of JSON keeps exactly. */
    static final long MAX_INTEGER = 9_007_199_254_740_991L;
}
