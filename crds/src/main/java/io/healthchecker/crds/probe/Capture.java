package io.healthchecker.crds.probe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A value that is taken from an answer; later steps write it as {@code ${name}}. */
@ValidationRule(
        value = "[has(self.jsonPath), has(self.header), has(self.bodyMatches)].filter(set, set).size() == 1",
        message = "set exactly one of jsonPath, header, bodyMatches")
@ValidationRule(
        value = "!has(self.bodyMatches) || ''.matches(self.bodyMatches) in [true, false]",
        message = "bodyMatches must be a regular expression of RE2",
        fieldPath = ".bodyMatches")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Capture(
        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[A-Za-z_][A-Za-z0-9_]*$")
        @JsonPropertyDescription("Name by which later steps write the value: ${name}.")
        @Nullable
        String name,

        @Size(min = 1, max = 256)
        @Pattern("^\\$(\\.[A-Za-z_][A-Za-z0-9_-]*|\\['[^']+'\\]|\\[[0-9]{1,6}\\])*$")
        @JsonPropertyDescription(
                "Where the value stands in a JSON body, by names and indexes: $.token, $.items[0]['id'].")
        @Nullable
        String jsonPath,

        @Size(min = 1, max = 256)
        @Pattern("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")
        @JsonPropertyDescription("Header whose first value it is; case does not matter.")
        @Nullable
        String header,

        @Size(min = 1, max = 1_024)
        @JsonPropertyDescription(
                "Regular expression (RE2) that matches in the body; its first group is the value, or the whole match where it has none.")
        @Nullable
        String bodyMatches) {}
