package io.healthchecker.crds.probe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What some, all or none of the answers of a name server must be. */
@ValidationRule(
        value = "[has(self.equalTo), has(self.matches), has(self.within)].filter(set, set).size() == 1",
        message = "set exactly one of equalTo, matches and within")
@ValidationRule(
        value = "!has(self.matches) || ''.matches(self.matches) in [true, false]",
        message = "matches must be a regular expression of RE2",
        fieldPath = ".matches")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DnsRule(
        @Pattern("^(One|All|None)$")
        @JsonPropertyDescription("How many answers the rule must hold for: One (at least), All or None. Default: One.")
        @Nullable
        String which,

        @Size(min = 1, max = 1_024)
        @JsonPropertyDescription("Value that an answer must be, such as \"192.0.2.7\"; case of names does not matter.")
        @Nullable
        String equalTo,

        @Size(min = 1, max = 512)
        @JsonPropertyDescription("RE2 regular expression that must match in an answer.")
        @Nullable
        String matches,

        @Size(min = 2, max = 49)
        @Pattern("^[0-9a-fA-F.:]+(/[0-9]{1,3})?$")
        @JsonPropertyDescription("Range in which an address must be, such as \"192.0.2.0/24\".")
        @Nullable
        String within) {}
