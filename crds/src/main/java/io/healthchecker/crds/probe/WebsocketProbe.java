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

/** A WebSocket is opened, and a message may be exchanged over it. */
@ValidationRule(
        value = "isURL(self.url) && url(self.url).getScheme() in ['ws', 'wss'] && url(self.url).getHostname() != ''",
        message = "url must be absolute and begin with ws:// or wss://, as in wss://shop.example.com/feed",
        fieldPath = ".url")
@ValidationRule(value = Address.NO_USER_INFO, message = Address.NO_USER_INFO_MESSAGE, fieldPath = ".url")
@ValidationRule(
        value = "!has(self.certificateExpiresInDays) || self.url.lowerAscii().startsWith('wss:')",
        message = "certificateExpiresInDays needs a wss url: change the url or remove it",
        fieldPath = ".certificateExpiresInDays")
@ValidationRule(
        value =
                "!(has(self.serverName) || has(self.certificateAuthorities) || has(self.clientCertificate)) || self.url.lowerAscii().startsWith('wss:')",
        message =
                "serverName, certificateAuthorities and clientCertificate need a wss url: change the url or remove them",
        fieldPath = ".url")
@ValidationRule(
        value = "!has(self.certificateAuthorities) || !has(self.tlsVerification) || self.tlsVerification == 'Full'",
        message = "certificateAuthorities are for nothing where tlsVerification is None: remove one of them",
        fieldPath = ".certificateAuthorities")
@ValidationRule(
        value = "!has(self.headers) || self.headers.all(h, !h.name.lowerAscii().startsWith('sec-websocket-'))",
        message = "headers has one that the probe sets itself: remove sec-websocket-…",
        fieldPath = ".headers")
@ValidationRule(
        value = "!has(self.messageMatches) || ''.matches(self.messageMatches) in [true, false]",
        message = "messageMatches must be a regular expression of RE2",
        fieldPath = ".messageMatches")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WebsocketProbe(
        @Required
        @Size(min = 1, max = 2_048)
        @JsonPropertyDescription("Address to open: ws or wss, with a host and without user-info.")
        @Nullable
        String url,

        @Size(max = 32) @JsonPropertyDescription("Headers to send with the request that opens it.") @Nullable
        List<HttpHeader> headers,

        @Size(min = 1, max = 128)
        @Pattern("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")
        @JsonPropertyDescription("Subprotocol that the server must choose. Default: none is asked for.")
        @Nullable
        String subprotocol,

        @Size(min = 1, max = 65_536)
        @JsonPropertyDescription("Text message to send once the WebSocket is open. Default: none.")
        @Nullable
        String message,

        @Size(min = 1, max = 4_096)
        @JsonPropertyDescription(
                "Text that one of the server's first 16 messages must contain. Default: none is waited for.")
        @Nullable
        String messageContains,

        @Size(min = 1, max = 1_024)
        @JsonPropertyDescription(
                "Regular expression (RE2) that one of the server's first 16 messages must match somewhere in its first 4096 characters; the same one that messageContains is about. Default: none is waited for.")
        @Nullable
        String messageMatches,

        @Min(1)
        @Max(3_650)
        @JsonPropertyDescription("Days for which the server's certificate must still be valid; needs wss.")
        @Nullable
        Integer certificateExpiresInDays,

        @Pattern("^(Full|None)$")
        @JsonPropertyDescription("How a certificate is verified: Full (chain, name, dates) or None. Default: Full.")
        @Nullable
        String tlsVerification,

        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Name to ask for by SNI and to verify, in place of the url's host; needs wss.")
        @Nullable
        String serverName,

        @JsonPropertyDescription(
                "Authorities whose certificates are trusted, as PEM text, as in ca.crt; needs wss. Default: those of the worker.")
        @Nullable
        SecretText certificateAuthorities,

        @JsonPropertyDescription("Certificate to show where the server asks for one; needs wss.") @Nullable
        ClientCertificate clientCertificate,

        @JsonPropertyDescription("Proxy through which the server is connected to. Default: none.") @Nullable
        HttpProxy proxy)
        implements Probe {
    /** Straight to the server, with the worker's own authorities. */
    public WebsocketProbe(
            @Nullable String url,
            @Nullable List<HttpHeader> headers,
            @Nullable String subprotocol,
            @Nullable String message,
            @Nullable String messageContains,
            @Nullable String messageMatches,
            @Nullable Integer certificateExpiresInDays,
            @Nullable String tlsVerification) {
        this(
                url,
                headers,
                subprotocol,
                message,
                messageContains,
                messageMatches,
                certificateExpiresInDays,
                tlsVerification,
                null,
                null,
                null,
                null);
    }

    /** One that is opened and closed. */
    public static WebsocketProbe of(String url) {
        return new WebsocketProbe(url, null, null, null, null, null, null, null);
    }

    @Override
    public String target() {
        return Address.shown(url);
    }
}
