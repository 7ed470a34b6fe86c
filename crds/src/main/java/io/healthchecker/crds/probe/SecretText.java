package io.healthchecker.crds.probe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Text that may be a secret, so it never prints itself. */
@ValidationRule(value = "has(self.value) != has(self.valueFrom)", message = "set exactly one of value and valueFrom")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecretText(
        @Size(min = 1, max = 16_384) @JsonPropertyDescription("The text itself.") @Nullable
        String value,

        @JsonPropertyDescription("Where the text comes from; only in Kubernetes.") @Nullable
        ValueSource valueFrom) {

    public static SecretText of(String value) {
        return new SecretText(value, null);
    }

    @Override
    public String toString() {
        return "***";
    }
}
