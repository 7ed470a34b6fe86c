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
import java.util.List;
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
@ValidationRule(
        value = "!(has(self.certificateAuthorities) || has(self.clientCertificate)) || (has(self.tls) && self.tls)",
        message = "certificateAuthorities and clientCertificate need TLS: set tls to true or remove them",
        fieldPath = ".tls")
@ValidationRule(
        value = "!has(self.certificateAuthorities) || !has(self.tlsVerification) || self.tlsVerification == 'Full'",
        message = "certificateAuthorities are for nothing where tlsVerification is None: remove one of them",
        fieldPath = ".certificateAuthorities")
@ValidationRule(
        value =
                "!has(self.metadata) || self.metadata.all(m, !(m.name.lowerAscii() in ['content-type', 'user-agent']) && !m.name.lowerAscii().startsWith('grpc-'))",
        message = "metadata has a name that the call itself sets: remove content-type, user-agent and grpc-…",
        fieldPath = ".metadata")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GrpcProbe(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Host name or IP address.") @Nullable
        String host,

        @Required @Min(1) @Max(65_535) @JsonPropertyDescription("Port.") @Nullable
        Integer port,

        @Size(max = 253)
        @JsonPropertyDescription(
                "Service to ask about, such as shop.Checkout, as the server registered it. Default: the server as a whole.")
        @Nullable
        String service,

        @JsonPropertyDescription(
                "Whether to encrypt; HTTP/2 is then agreed on by ALPN, and else spoken at once. Default: false.")
        @Nullable
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
        String tlsVerification,

        @Size(max = 32)
        @JsonPropertyDescription("Metadata to send with the call, such as authorization. Default: none.")
        @Nullable
        List<HttpHeader> metadata,

        @JsonPropertyDescription(
                "Authorities whose certificates are trusted, as PEM text, as in ca.crt; needs tls. Default: those of the worker.")
        @Nullable
        SecretText certificateAuthorities,

        @JsonPropertyDescription("Certificate to show where the server asks for one; needs tls.") @Nullable
        ClientCertificate clientCertificate,

        @JsonPropertyDescription("Proxy through which the server is connected to. Default: none.") @Nullable
        HttpProxy proxy)
        implements Probe {
    /** Straight to the server, with the worker's own authorities. */
    public GrpcProbe(
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String service,
            @Nullable Boolean tls,
            @Nullable String serverName,
            @Nullable Integer certificateExpiresInDays,
            @Nullable String tlsVerification,
            @Nullable List<HttpHeader> metadata) {
        this(
                host,
                port,
                service,
                tls,
                serverName,
                certificateExpiresInDays,
                tlsVerification,
                metadata,
                null,
                null,
                null);
    }

    /** The server as a whole, without encryption. */
    public static GrpcProbe of(String host, int port) {
        return new GrpcProbe(host, port, null, null, null, null, null, null);
    }

    @Override
    public String target() {
        return "grpc://" + Authority.of(host, port) + (service == null || service.isEmpty() ? "" : "/" + service);
    }
}
