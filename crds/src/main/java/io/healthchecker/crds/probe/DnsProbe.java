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

/** A name server is asked, and its answer is judged. */
@ValidationRule(
        value = "!has(self.server) || !self.server.matches(r'[\\s/?#@]')",
        message = "server must be a host name or an IP address, without scheme, path and user-info",
        fieldPath = ".server")
@ValidationRule(
        value = "(has(self.server) || !has(self.transport)) || !(self.transport in ['TLS', 'HTTPS'])",
        message = "server is needed with TLS and HTTPS: name one, or remove transport",
        fieldPath = ".transport")
@ValidationRule(
        value = "!has(self.path) || (has(self.transport) && self.transport == 'HTTPS')",
        message = "path needs HTTPS: set transport to HTTPS or remove it",
        fieldPath = ".path")
@ValidationRule(
        value = "!has(self.serverName) || (has(self.transport) && self.transport in ['TLS', 'HTTPS'])",
        message = "serverName needs TLS: set transport to TLS or HTTPS, or remove it",
        fieldPath = ".serverName")
@ValidationRule(
        value =
                "!(has(self.expectedAnswers) || has(self.answerRules)) || !has(self.expectedRcode) || self.expectedRcode == 'NOERROR'",
        message = "answers come with NOERROR only: remove expectedRcode, or what is expected of the answers",
        fieldPath = ".expectedRcode")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DnsProbe(
        @Required
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Name to ask for, such as shop.example.com.")
        @Nullable
        String name,

        @Size(max = 10)
        @Pattern("^(A|AAAA|CAA|CNAME|DNSKEY|DS|HTTPS|MX|NAPTR|NS|PTR|SOA|SRV|SSHFP|SVCB|TLSA|TXT|TYPE[1-9][0-9]{0,4})$")
        @JsonPropertyDescription(
                "Type of record: A AAAA CAA CNAME DNSKEY DS HTTPS MX NAPTR NS PTR SOA SRV SSHFP SVCB TLSA TXT, or any other by its number, such as TYPE257. Default: A.")
        @Nullable
        String type,

        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Name server to ask, host name or IP address. Default: the worker's own.")
        @Nullable
        String server,

        @Min(1)
        @Max(65_535)
        @JsonPropertyDescription("Port of the name server. Default: 53, 853 with TLS, 443 with HTTPS.")
        @Nullable
        Integer port,

        @Pattern("^(UDP|TCP|TLS|HTTPS)$")
        @JsonPropertyDescription(
                "Transport: UDP (then TCP where the answer is cut), TCP, TLS (DoT, RFC 7858) or HTTPS (DoH, RFC 8484). Default: UDP.")
        @Nullable
        String transport,

        @Size(min = 1, max = 256)
        @Pattern("^/[!-\"$-~]*$")
        @JsonPropertyDescription("Path to ask at with HTTPS. Default: /dns-query.")
        @Nullable
        String path,

        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Name of the server to ask for and to verify with TLS and HTTPS. Default: server.")
        @Nullable
        String serverName,

        @Pattern("^(Full|None)$")
        @JsonPropertyDescription(
                "How the certificate is verified with TLS and HTTPS: Full (chain, name, dates) or None. Default: Full.")
        @Nullable
        String tlsVerification,

        @JsonPropertyDescription("Whether the server is to ask others (RD). Default: true.") @Nullable
        Boolean recursion,

        @Pattern("^(NOERROR|FORMERR|SERVFAIL|NXDOMAIN|NOTIMP|REFUSED)$")
        @JsonPropertyDescription(
                "Response code that is right: NOERROR FORMERR SERVFAIL NXDOMAIN NOTIMP REFUSED. Default: NOERROR.")
        @Nullable
        String expectedRcode,

        @Size(min = 1, max = 32)
        @JsonPropertyDescription(
                "Values of which each must be among the answers of the type, such as \"192.0.2.7\" or \"10 mail.example.com\". Default: any.")
        @Nullable
        List<@Size(min = 1, max = 1_024) String> expectedAnswers,

        @Size(min = 1, max = 16)
        @JsonPropertyDescription("Rules about the answers of the type; aliases on the way to them do not count.")
        @Nullable
        List<DnsRule> answerRules,

        @Size(min = 1, max = 32)
        @JsonPropertyDescription(
                "Values of which each must be in the authority section, such as \"ns1.example.com\". Default: any.")
        @Nullable
        List<@Size(min = 1, max = 1_024) String> expectedAuthority,

        @Size(min = 1, max = 4)
        @JsonPropertyDescription(
                "Flags that the answer must have: AA (authoritative), AD (validated by DNSSEC), CD, RA. Default: any.")
        @Nullable
        List<@Pattern("^(AA|AD|CD|RA)$") String> expectedFlags)
        implements Probe {

    /** Records of a type are asked for; what is null is left to its default. */
    public static DnsProbe of(String name, @Nullable String type, @Nullable String server, @Nullable Integer port) {
        return new DnsProbe(name, type, server, port, null, null, null, null, null, null, null, null, null, null);
    }

    @Override
    public String target() {
        return "dns://%s/%s?type=%s"
                .formatted(Authority.of(server, port), name == null ? "" : name, type == null ? "A" : type);
    }
}
