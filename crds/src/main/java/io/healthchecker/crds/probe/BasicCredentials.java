package io.healthchecker.crds.probe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A user and a password (RFC 7617). */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BasicCredentials(
        @Required
        @Size(min = 1, max = 256)
        @Pattern("^[^:\\x00-\\x1f\\x7f]+$")
        @JsonPropertyDescription("Name of the user, without a colon.")
        @Nullable
        String username,

        @Required @JsonPropertyDescription("Password.") @Nullable
        SecretText password) {}
