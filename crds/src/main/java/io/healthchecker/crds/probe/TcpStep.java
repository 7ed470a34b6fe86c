package io.healthchecker.crds.probe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One thing that is said, or waited for, on a connection. */
@ValidationRule(
        value = "[has(self.expect), has(self.send), has(self.sendHex)].filter(set, set).size() == 1",
        message = "set exactly one of expect, send and sendHex")
@ValidationRule(
        value = "!has(self.expect) || ''.matches(self.expect) in [true, false]",
        message = "expect must be a regular expression of RE2",
        fieldPath = ".expect")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TcpStep(
        @Size(min = 1, max = 512)
        @JsonPropertyDescription(
                "RE2 regular expression to wait for in what the server says, complete lines or not; ^ is where the match before it ended. Groups can be sent again.")
        @Nullable
        String expect,

        @Size(min = 1, max = 4_096)
        @JsonPropertyDescription(
                "Text to send as UTF-8, as it is: end a line by \\r\\n. ${1} or ${name} is what a group of an expect before matched; $${ is ${.")
        @Nullable
        String send,

        @Size(min = 2, max = 4_096)
        @Pattern("^([0-9a-fA-F]{2})+$")
        @JsonPropertyDescription("Bytes to send, two hexadecimal digits each.")
        @Nullable
        String sendHex) {

    public static TcpStep expect(String expression) {
        return new TcpStep(expression, null, null);
    }

    public static TcpStep send(String text) {
        return new TcpStep(null, text, null);
    }
}
