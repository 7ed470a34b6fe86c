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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request is sent over a new connection, and the answer is judged. */
@ValidationRule(
        value =
                "isURL(self.url) && url(self.url).getScheme() in ['http', 'https'] && url(self.url).getHostname() != ''",
        message = "url must be absolute and begin with http:// or https://, as in https://shop.example.com/health",
        fieldPath = ".url")
@ValidationRule(value = Address.NO_USER_INFO, message = Address.NO_USER_INFO_MESSAGE, fieldPath = ".url")
@ValidationRule(
        value = "!has(self.certificateExpiresInDays) || self.url.lowerAscii().startsWith('https:')",
        message = "certificateExpiresInDays needs an https url: change the url or remove it",
        fieldPath = ".certificateExpiresInDays")
@ValidationRule(
        value = "!has(self.body) || (has(self.method) && !(self.method in ['GET', 'HEAD']))",
        message = "body needs a method that sends one: set method to POST, PUT or PATCH",
        fieldPath = ".body")
@ValidationRule(
        value =
                "!has(self.expectedStatus) || self.expectedStatus.all(s, s.size() != 7 || s.substring(0, 3) <= s.substring(4))",
        message =
                "expectedStatus has a range whose first status is above its last: write the lower one first, as in \"200-299\"",
        fieldPath = ".expectedStatus")
@ValidationRule(
        value = "!has(self.bodyMatches) || ''.matches(self.bodyMatches) in [true, false]",
        message = "bodyMatches must be a regular expression of RE2",
        fieldPath = ".bodyMatches")
@ValidationRule(
        value =
                "!(has(self.serverName) || has(self.certificateAuthorities) || has(self.clientCertificate)) || self.url.lowerAscii().startsWith('https:')",
        message =
                "serverName, certificateAuthorities and clientCertificate need an https url: change the url or remove them",
        fieldPath = ".url")
@ValidationRule(
        value = "!has(self.certificateAuthorities) || !has(self.tlsVerification) || self.tlsVerification == 'Full'",
        message = "certificateAuthorities are for nothing where tlsVerification is None: remove one of them",
        fieldPath = ".certificateAuthorities")
@ValidationRule(
        value = "!has(self.capture) || has(self.steps)",
        message = "capture is for the steps, and there are none: write steps or remove capture",
        fieldPath = ".capture")
@ValidationRule(
        value =
                "!has(self.authentication) || !has(self.headers) || !self.headers.exists(h, h.name.lowerAscii() == 'authorization')",
        message = "authentication sends an Authorization header: remove the one among headers",
        fieldPath = ".headers")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpProbe(
        @Required
        @Size(min = 1, max = 2_048)
        @JsonPropertyDescription("Address to request: http or https, with a host and without user-info.")
        @Nullable
        String url,

        @Pattern("^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE)$")
        @JsonPropertyDescription("Request method: GET HEAD POST PUT PATCH DELETE OPTIONS TRACE. Default: GET.")
        @Nullable
        String method,

        @Size(max = 32) @JsonPropertyDescription("Headers to send.") @Nullable
        List<HttpHeader> headers,

        @Size(max = 65_536) @JsonPropertyDescription("Body to send, as UTF-8. Default: none.") @Nullable
        String body,

        @Size(min = 1, max = 32)
        @JsonPropertyDescription(
                "Status codes and ranges that are right, such as \"200-299\" or \"404\". Default: 200-299.")
        @Nullable
        List<@Size(max = 7) @Pattern("^[1-5][0-9]{2}(-[1-5][0-9]{2})?$") String> expectedStatus,

        @Size(max = 32) @JsonPropertyDescription("Headers that the answer must have.") @Nullable
        List<HeaderExpectation> expectedHeaders,

        @Size(min = 1, max = 4_096)
        @JsonPropertyDescription("Text that the body must contain, looked for in its first 65536 bytes.")
        @Nullable
        String bodyContains,

        @Size(min = 1, max = 1_024)
        @JsonPropertyDescription("RE2 regular expression that must match somewhere in the body's first 65536 bytes.")
        @Nullable
        String bodyMatches,

        @Min(0)
        @Max(10)
        @JsonPropertyDescription("How many redirects to follow; 0 judges the redirect itself. Default: 10.")
        @Nullable
        Integer maxRedirects,

        @Min(1)
        @Max(3_650)
        @JsonPropertyDescription("Days for which the server's certificate must still be valid.")
        @Nullable
        Integer certificateExpiresInDays,

        @Pattern("^(Full|None)$")
        @JsonPropertyDescription("How a certificate is verified: Full (chain, name, dates) or None. Default: Full.")
        @Nullable
        String tlsVerification,

        @Pattern("^(Any|SameHost|NoDowngrade)$")
        @JsonPropertyDescription(
                "Which redirects may be followed: Any, SameHost, or NoDowngrade (never from https to http); another one fails. Default: Any.")
        @Nullable
        String redirects,

        @Pattern("^(HTTP1|HTTP2|Negotiated)$")
        @JsonPropertyDescription(
                "Version to speak: HTTP1; HTTP2, agreed on by ALPN for https and spoken at once for http; or Negotiated, what ALPN agrees on, and HTTP/1.1 for http. Default: HTTP1.")
        @Nullable
        String httpVersion,

        @Pattern("^(IPv4|IPv6|PreferIPv4|PreferIPv6)$")
        @JsonPropertyDescription(
                "Addresses to connect to: IPv4 or IPv6 alone, or one of them first and the other if that fails. Default: all, in the order of the name server.")
        @Nullable
        String ipFamily,

        @Size(min = 1, max = 253)
        @JsonPropertyDescription(
                "Name to ask for by SNI and to verify, in place of the url's host; redirects elsewhere use their own.")
        @Nullable
        String serverName,

        @JsonPropertyDescription(
                "Authorities whose certificates are trusted, as PEM text, as in ca.crt. Default: those of the worker.")
        @Nullable
        SecretText certificateAuthorities,

        @JsonPropertyDescription("Certificate to show where the server asks for one.") @Nullable
        ClientCertificate clientCertificate,

        @JsonPropertyDescription("On whose behalf the request is made. Default: nobody's.") @Nullable
        HttpAuthentication authentication,

        @JsonPropertyDescription("Proxy through which everything goes. Default: none.") @Nullable
        HttpProxy proxy,

        @Size(max = 8) @JsonPropertyDescription("Values to take from the answer for the steps.") @Nullable
        List<Capture> capture,

        @Size(min = 1, max = 8)
        @JsonPropertyDescription(
                "Further requests, one after the other, with the cookies and captured values of those before. The first that is not answered as expected fails the check.")
        @Nullable
        List<HttpStep> steps)
        implements Probe {

    /** A GET that expects an answer from 200 to 299. */
    public static HttpProbe get(String url) {
        HttpProbeDraft draft = new HttpProbeDraft();
        draft.url = url;
        return draft.probe();
    }

    public HttpProbe withHeaders(List<HttpHeader> others) {
        return with(draft -> draft.headers = others);
    }

    /** This probe, changed: {@code with(draft -> draft.method = "HEAD")}. */
    public HttpProbe with(Consumer<HttpProbeDraft> change) {
        HttpProbeDraft draft = new HttpProbeDraft(this);
        change.accept(draft);
        return draft.probe();
    }

    @Override
    public String target() {
        return Address.shown(url);
    }
}
