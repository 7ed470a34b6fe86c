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

/** A proxy that is asked by CONNECT to lead every connection to its target. */
@ValidationRule(value = Host.RULE, message = Host.MESSAGE, fieldPath = Host.FIELD)
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpProxy(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Host name or IP address of the proxy.") @Nullable
        String host,

        @Required @Min(1) @Max(65_535) @JsonPropertyDescription("Port of the proxy.") @Nullable
        Integer port,

        @JsonPropertyDescription("Who asks, where the proxy wants to know. Default: nobody.") @Nullable
        BasicCredentials basic) {}
