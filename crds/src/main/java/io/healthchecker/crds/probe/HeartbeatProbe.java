package io.healthchecker.crds.probe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The service itself reports: each of its pings is expected in time. */
@ValidationRule(
        value = "!has(self.cron) || self.cron.matches(r'^\\s*\\S+(\\s+\\S+){4}\\s*$')",
        message = "cron must have five fields: minute, hour, day of month, month, day of week, as in \"0 3 * * *\"",
        fieldPath = ".cron")
@ValidationRule(
        value = "!has(self.timeZone) || has(self.cron)",
        message = "timeZone needs cron: write cron or remove timeZone",
        fieldPath = ".timeZone")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HeartbeatProbe(
        @Min(0)
        @Max(86_400)
        @JsonPropertyDescription("Seconds by which a ping may be late before that counts. Default: 60.")
        @Nullable
        Integer graceSeconds,

        @Size(min = 9, max = 128)
        @JsonPropertyDescription(
                "When pings are expected, as five fields of cron, such as \"0 3 * * *\". Default: every periodSeconds.")
        @Nullable
        String cron,

        @Size(min = 1, max = 64)
        @JsonPropertyDescription("Time zone of cron, such as Europe/Berlin. Default: UTC.")
        @Nullable
        String timeZone)
        implements Probe {

    @Override
    public String target() {
        return cron == null ? "heartbeat" : "heartbeat " + cron;
    }
}
