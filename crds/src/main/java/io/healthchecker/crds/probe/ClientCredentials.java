package io.healthchecker.crds.probe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An access token is fetched (RFC 6749 §4.4), used until it expires, and sent as a bearer token. */
@ValidationRule(
        value =
                "isURL(self.tokenUrl) && url(self.tokenUrl).getScheme() in ['http', 'https'] && url(self.tokenUrl).getHostname() != ''",
        message = "tokenUrl must be absolute and begin with http:// or https://",
        fieldPath = ".tokenUrl")
@ValidationRule(
        value = "!self.tokenUrl.matches('^[^/?#]*//[^/?#]*@')",
        message = "tokenUrl must not contain user-info: write clientId and clientSecret",
        fieldPath = ".tokenUrl")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientCredentials(
        @Required
        @Size(min = 1, max = 2_048)
        @JsonPropertyDescription("Where tokens are asked for: http or https, without user-info.")
        @Nullable
        String tokenUrl,

        @Required @Size(min = 1, max = 256) @JsonPropertyDescription("Identifier of the client.") @Nullable
        String clientId,

        @Required @JsonPropertyDescription("Secret of the client.") @Nullable
        SecretText clientSecret,

        @Size(max = 16) @JsonPropertyDescription("Scopes to ask for. Default: none.") @Nullable
        List<@Size(min = 1, max = 256) @Pattern("^[\\x21\\x23-\\x5b\\x5d-\\x7e]+$") String> scopes,

        @Size(min = 1, max = 2_048)
        @JsonPropertyDescription("Audience to ask for, where the server wants one. Default: none.")
        @Nullable
        String audience,

        @Pattern("^(Header|Body)$")
        @JsonPropertyDescription(
                "Where the client's identifier and secret are sent: Header (HTTP Basic) or Body. Default: Header.")
        @Nullable
        String credentialsIn) {}
