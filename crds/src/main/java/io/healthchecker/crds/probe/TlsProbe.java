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

/** A connection is opened and encrypted, and the server's certificate is judged. */
@ValidationRule(value = Host.RULE, message = Host.MESSAGE, fieldPath = Host.FIELD)
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TlsProbe(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Host name or IP address.") @Nullable
        String host,

        @Min(1) @Max(65_535) @JsonPropertyDescription("Port. Default: 443.") @Nullable
        Integer port,

        @Size(min = 1, max = 253) @JsonPropertyDescription("Name to ask for and to verify. Default: host.") @Nullable
        String serverName,

        @Min(1)
        @Max(3_650)
        @JsonPropertyDescription("Days for which the server's certificate must still be valid.")
        @Nullable
        Integer certificateExpiresInDays,

        @Min(1)
        @Max(3_650)
        @JsonPropertyDescription("Days for which every certificate that the server sends must still be valid.")
        @Nullable
        Integer chainExpiresInDays,

        @Pattern("^(Full|None)$")
        @JsonPropertyDescription("How a certificate is verified: Full (chain, name, dates) or None. Default: Full.")
        @Nullable
        String tlsVerification,

        @Pattern("^(TLSv1.2|TLSv1.3)$")
        @JsonPropertyDescription("Oldest version of TLS that is right: TLSv1.2 or TLSv1.3. Default: TLSv1.2.")
        @Nullable
        String minimumVersion,

        @Size(min = 64, max = 64)
        @Pattern("^[0-9a-fA-F]{64}$")
        @JsonPropertyDescription("SHA-256 of the certificate that is right, 64 hexadecimal digits. Default: any.")
        @Nullable
        String certificateSha256,

        @Size(min = 1, max = 16)
        @JsonPropertyDescription(
                "Ciphers of which the server must choose one, by their names in the standard, such as TLS_AES_128_GCM_SHA256. Default: any.")
        @Nullable
        List<@Size(min = 1, max = 64) @Pattern("^TLS_[A-Z0-9_]+$") String> expectedCiphers)
        implements Probe {

    /** A handshake at a port, its certificate verified. */
    public static TlsProbe of(String host, @Nullable Integer port) {
        return new TlsProbe(host, port, null, null, null, null, null, null, null);
    }

    @Override
    public String target() {
        return "tls://" + Authority.of(host, port == null ? 443 : port);
    }
}
