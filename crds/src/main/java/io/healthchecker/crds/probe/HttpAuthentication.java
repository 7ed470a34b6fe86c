package io.healthchecker.crds.probe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How a request says on whose behalf it is made; never told to another site by a redirect. */
@ValidationRule(
        value = "[has(self.basic), has(self.bearer), has(self.oauth2)].filter(set, set).size() == 1",
        message = "set exactly one of basic, bearer, oauth2")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpAuthentication(
        @JsonPropertyDescription("A user and a password.") @Nullable
        BasicCredentials basic,

        @JsonPropertyDescription("A token that is known.") @Nullable
        SecretText bearer,

        @JsonPropertyDescription("A token that is fetched by client credentials of OAuth 2, and kept until it expires.")
        @Nullable
        ClientCredentials oauth2) {}
