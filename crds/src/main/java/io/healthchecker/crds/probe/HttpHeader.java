package io.healthchecker.crds.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A header to send. Its value may be a secret, so it never prints itself. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpHeader(
        @Required
        @Size(min = 1, max = 256)
        @Pattern("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")
        @JsonPropertyDescription("Name of the header.")
        @Nullable
        String name,

        @Required
        @Size(max = 8_192)
        @Pattern("^[^\\x00\\r\\n]*$")
        @JsonPropertyDescription("Value of the header, without line breaks.")
        @Nullable
        String value) {

    @Override
    public String toString() {
        return name + ": ***";
    }
}
