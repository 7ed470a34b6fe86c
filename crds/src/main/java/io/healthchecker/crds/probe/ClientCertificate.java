package io.healthchecker.crds.probe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** A certificate that is shown to a server which asks for one. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientCertificate(
        @Required
        @JsonPropertyDescription(
                "Certificate as PEM text, with those between it and the authority behind it, as in tls.crt.")
        @Nullable
        SecretText certificate,

        @Required
        @JsonPropertyDescription(
                "Its private key as PEM text, not encrypted, as in tls.key: PKCS #8, or the older RSA and EC forms.")
        @Nullable
        SecretText privateKey) {}
