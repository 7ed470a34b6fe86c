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

        @Size(min = 1, max = 65_536) @JsonPropertyDescription("Text message to send. Default: none.") @Nullable
        String message,

        @Size(min = 1, max = 4_096)
        @JsonPropertyDescription("Text that a message of the server must contain. Default: none is waited for.")
        @Nullable
        String messageContains,

        @Min(1)
        @Max(3_650)
        @JsonPropertyDescription("Days for which the server's certificate must still be valid; needs wss.")
        @Nullable
        Integer certificateExpiresInDays,

        @Pattern("^(Full|None)$")
        @JsonPropertyDescription("How a certificate is verified: Full (chain, name, dates) or None. Default: Full.")
        @Nullable
        String tlsVerification)
        implements PlannedProbe {

    @Override
    public String target() {
        return Address.shown(url);
    }
}
