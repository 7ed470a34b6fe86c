package io.healthchecker.crds.probe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Echo requests are sent, and the replies are counted. */
@ValidationRule(value = Host.RULE, message = Host.MESSAGE, fieldPath = Host.FIELD)
@ValidationRule(
        value = "!has(self.lossAllowed) || self.lossAllowed < (has(self.count) ? self.count : 1)",
        message = "lossAllowed must be below count (1 unless it is set): lower it, or raise count",
        fieldPath = ".lossAllowed")
@ValidationRule(
        value = "!has(self.lossPercentAllowed) || !has(self.lossAllowed)",
        message = "lossAllowed and lossPercentAllowed say the same in two ways: remove one of them",
        fieldPath = ".lossPercentAllowed")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IcmpProbe(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Host name or IP address.") @Nullable
        String host,

        @Min(1) @Max(10) @JsonPropertyDescription("Echo requests to send in one check. Default: 1.") @Nullable
        Integer count,

        @Min(0) @Max(10) @JsonPropertyDescription("Replies that may be missing; below count. Default: 0.") @Nullable
        Integer lossAllowed,

        @Min(0) @Max(1_400) @JsonPropertyDescription("Bytes of payload in each request. Default: 56.") @Nullable
        Integer payloadBytes,

        @Min(0)
        @Max(99)
        @JsonPropertyDescription("Replies that may be missing, in percent of count. Default: as lossAllowed says.")
        @Nullable
        Integer lossPercentAllowed,

        @Min(1)
        @Max(60_000)
        @JsonPropertyDescription("Milliseconds that the mean of the round trips may take. Default: any.")
        @Nullable
        Integer rttMillisAllowed)
        implements Probe {

    /** One echo request. */
    public static IcmpProbe of(String host) {
        return new IcmpProbe(host, null, null, null, null, null);
    }

    @Override
    public String target() {
        return "icmp://" + Authority.of(host, null);
    }
}
