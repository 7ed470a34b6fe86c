package io.healthchecker.crds.probe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A name server is asked, and its answer is judged. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DnsProbe(
        @Required
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Name to ask for, such as shop.example.com.")
        @Nullable
        String name,

        @Pattern("^(A|AAAA|CAA|CNAME|MX|NS|PTR|SOA|SRV|TXT)$")
        @JsonPropertyDescription("Type of record: A AAAA CAA CNAME MX NS PTR SOA SRV TXT. Default: A.")
        @Nullable
        String type,

        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Name server to ask, host name or IP address. Default: the worker's own.")
        @Nullable
        String server,

        @Min(1) @Max(65_535) @JsonPropertyDescription("Port of the name server. Default: 53.") @Nullable
        Integer port,

        @Pattern("^(UDP|TCP)$")
        @JsonPropertyDescription("Transport: UDP (TCP where the answer is cut) or TCP. Default: UDP.")
        @Nullable
        String transport,

        @Pattern("^(NOERROR|FORMERR|SERVFAIL|NXDOMAIN|NOTIMP|REFUSED)$")
        @JsonPropertyDescription(
                "Response code that is right: NOERROR FORMERR SERVFAIL NXDOMAIN NOTIMP REFUSED. Default: NOERROR.")
        @Nullable
        String expectedRcode,

        @Size(min = 1, max = 32)
        @JsonPropertyDescription("Values of which each must be among the answers, such as \"192.0.2.7\". Default: any.")
        @Nullable
        List<@Size(min = 1, max = 1_024) String> expectedAnswers)
        implements PlannedProbe {

    @Override
    public String target() {
        return "dns://%s/%s?type=%s"
                .formatted(Authority.of(server, port), name == null ? "" : name, type == null ? "A" : type);
    }
}
