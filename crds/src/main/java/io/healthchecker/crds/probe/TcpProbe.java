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

/** A connection is opened, encrypted where {@code tls} or {@code startTls} say so, talked over, and closed. */
@ValidationRule(value = Host.RULE, message = Host.MESSAGE, fieldPath = Host.FIELD)
@ValidationRule(
        value = "!has(self.serverName) || has(self.startTls) || (has(self.tls) && self.tls)",
        message = "serverName needs TLS: set tls to true or remove it",
        fieldPath = ".serverName")
@ValidationRule(
        value = "!has(self.certificateExpiresInDays) || has(self.startTls) || (has(self.tls) && self.tls)",
        message = "certificateExpiresInDays needs TLS: set tls to true or remove it",
        fieldPath = ".certificateExpiresInDays")
@ValidationRule(
        value = "!has(self.startTls) || !has(self.tls) || !self.tls",
        message = "startTls encrypts a connection that begins without TLS: remove it, or tls",
        fieldPath = ".startTls")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TcpProbe(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Host name or IP address.") @Nullable
        String host,

        @Required @Min(1) @Max(65_535) @JsonPropertyDescription("Port.") @Nullable
        Integer port,

        @JsonPropertyDescription("Whether to encrypt, before anything is sent. Default: false.") @Nullable
        Boolean tls,

        @Size(min = 1, max = 253) @JsonPropertyDescription("Name to ask for and to verify. Default: host.") @Nullable
        String serverName,

        @Min(1)
        @Max(3_650)
        @JsonPropertyDescription("Days for which the server's certificate must still be valid; needs tls or startTls.")
        @Nullable
        Integer certificateExpiresInDays,

        @Pattern("^(Full|None)$")
        @JsonPropertyDescription("How a certificate is verified: Full (chain, name, dates) or None. Default: Full.")
        @Nullable
        String tlsVerification,

        @Pattern("^(SMTP|IMAP|POP3|LDAP|POSTGRES|MYSQL|XMPP)$")
        @JsonPropertyDescription(
                "Protocol in which to ask for encryption (STARTTLS) once connected: SMTP IMAP POP3 LDAP POSTGRES MYSQL XMPP. Default: none.")
        @Nullable
        String startTls,

        @Size(max = 16)
        @JsonPropertyDescription(
                "What to say and to wait for, in this order, once connected and encrypted. Default: nothing.")
        @Nullable
        List<TcpStep> steps)
        implements Probe {

    /** A plain connection. */
    public static TcpProbe of(String host, int port) {
        return new TcpProbe(host, port, null, null, null, null, null, null);
    }

    @Override
    public String target() {
        return "tcp://" + Authority.of(host, port);
    }
}
