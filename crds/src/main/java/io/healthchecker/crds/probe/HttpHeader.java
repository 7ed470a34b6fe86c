package io.healthchecker.crds.probe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A header to send. Its value may be a secret, so it never prints itself. */
@ValidationRule(value = "has(self.value) != has(self.valueFrom)", message = "set exactly one of value and valueFrom")
@ValidationRule(
        value =
                "!(self.name.lowerAscii() in ['connection', 'content-length', 'transfer-encoding', 'upgrade', 'expect', 'te', 'trailer'])",
        message = "name is that of a header that the probe sets itself: remove the header",
        fieldPath = ".name")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpHeader(
        @Required
        @Size(min = 1, max = 256)
        @Pattern("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")
        @JsonPropertyDescription("Name of the header.")
        @Nullable
        String name,

        @Size(max = 8_192)
        @Pattern("^[^\\x00\\r\\n]*$")
        @JsonPropertyDescription("Value of the header, without line breaks.")
        @Nullable
        String value,

        @JsonPropertyDescription("Where its value comes from; only in Kubernetes.") @Nullable
        ValueSource valueFrom) {

    public static HttpHeader of(String name, String value) {
        return new HttpHeader(name, value, null);
    }

    @Override
    public String toString() {
        return name + ": ***";
    }
}
