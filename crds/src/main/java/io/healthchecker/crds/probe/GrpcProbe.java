package io.healthchecker.crds.probe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The standard health service of gRPC ({@code grpc.health.v1.Health/Check}) is asked. */
@ValidationRule(value = Host.RULE, message = Host.MESSAGE, fieldPath = Host.FIELD)
@ValidationRule(
        value = "!has(self.serverName) || (has(self.tls) && self.tls)",
        message = "serverName needs TLS: set tls to true or remove it",
        fieldPath = ".serverName")
@ValidationRule(
        value = "!has(self.certificateExpiresInDays) || (has(self.tls) && self.tls)",
        message = "certificateExpiresInDays needs TLS: set tls to true or remove it",
        fieldPath = ".certificateExpiresInDays")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GrpcProbe(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Host name or IP address.") @Nullable
        String host,

        @Required @Min(1) @Max(65_535) @JsonPropertyDescription("Port.") @Nullable
        Integer port,

        @Size(max = 253)
        @JsonPropertyDescription("Service to ask about, such as shop.Checkout. Default: the server as a whole.")
        @Nullable
        String service,

        @JsonPropertyDescription("Whether to encrypt. Default: false.") @Nullable
        Boolean tls,

        @Size(min = 1, max = 253) @JsonPropertyDescription("Name to ask for and to verify. Default: host.") @Nullable
        String serverName,

        @Min(1)
        @Max(3_650)
        @JsonPropertyDescription("Days for which the server's certificate must still be valid; needs tls.")
        @Nullable
        Integer certificateExpiresInDays,

        @Pattern("^(Full|None)$")
        @JsonPropertyDescription("How a certificate is verified: Full (chain, name, dates) or None. Default: Full.")
        @Nullable
        String tlsVerification)
        implements PlannedProbe {

    @Override
    public String target() {
        return "grpc://" + Authority.of(host, port) + (service == null || service.isEmpty() ? "" : "/" + service);
    }
}
