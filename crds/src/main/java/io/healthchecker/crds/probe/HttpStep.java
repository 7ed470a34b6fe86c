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

/** A further request, made if all before it were answered as expected. */
@ValidationRule(
        value = "!has(self.body) || (has(self.method) && !(self.method in ['GET', 'HEAD']))",
        message = "body needs a method that sends one: set method to POST, PUT or PATCH",
        fieldPath = ".body")
@ValidationRule(
        value = "!has(self.bodyMatches) || ''.matches(self.bodyMatches) in [true, false]",
        message = "bodyMatches must be a regular expression of RE2",
        fieldPath = ".bodyMatches")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpStep(
        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[A-Za-z0-9]([A-Za-z0-9 ._-]*[A-Za-z0-9])?$")
        @JsonPropertyDescription("Name of the step, told where it fails.")
        @Nullable
        String name,

        @Required
        @Size(min = 1, max = 2_048)
        @JsonPropertyDescription(
                "Address to request, absolute or as a link from the address of the step before; ${name} stands for a captured value.")
        @Nullable
        String url,

        @Pattern("^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE)$")
        @JsonPropertyDescription("Request method: GET HEAD POST PUT PATCH DELETE OPTIONS TRACE. Default: GET.")
        @Nullable
        String method,

        @Size(max = 16) @JsonPropertyDescription("Headers to send; ${name} stands for a captured value.") @Nullable
        List<HttpHeader> headers,

        @Size(max = 16_384)
        @JsonPropertyDescription("Body to send, as UTF-8; ${name} stands for a captured value. Default: none.")
        @Nullable
        String body,

        @Size(min = 1, max = 16)
        @JsonPropertyDescription("Status codes and ranges that are right. Default: 200-299.")
        @Nullable
        List<@Size(max = 7) @Pattern("^[1-5][0-9]{2}(-[1-5][0-9]{2})?$") String> expectedStatus,

        @Size(max = 16) @JsonPropertyDescription("Headers that the answer must have.") @Nullable
        List<HeaderExpectation> expectedHeaders,

        @Size(min = 1, max = 4_096) @JsonPropertyDescription("Text that the body must contain.") @Nullable
        String bodyContains,

        @Size(min = 1, max = 1_024)
        @JsonPropertyDescription("Regular expression (RE2) that must match in the body.")
        @Nullable
        String bodyMatches,

        @Min(0) @Max(10) @JsonPropertyDescription("How many redirects to follow. Default: 10.") @Nullable
        Integer maxRedirects,

        @Size(max = 8) @JsonPropertyDescription("Values to take from the answer for later steps.") @Nullable
        List<Capture> capture,

        @Size(max = 8)
        @JsonPropertyDescription(
                "Expressions in CEL that must be true of the answer to this step; phases and latencyMillis are the step's own.")
        @Nullable
        List<Assertion> assertions) {}
