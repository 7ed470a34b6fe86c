package io.healthchecker.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link HealthCheckService} is. It changes when somebody would act on the change, never with each check: results,
 * latencies and uptime are in the API.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServiceStatus(
        @Min(-1)
        @Max(Condition.MAX_INTEGER)
        @JsonPropertyDescription("Generation of the resource that this status speaks of; -1 before the first visit.")
        @Nullable
        Long observedGeneration,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Ready: accepted, stored and scheduled. Healthy: what the checks say. Reconciling, Stalled, Suspended: only while they are true.")
        @Nullable
        List<Condition> conditions,

        @Pattern("^(Unknown|Up|Degraded|Down|Suspended)$")
        @JsonPropertyDescription("What the service is, after thresholds and quorum.")
        @Nullable
        String state,

        @Size(max = 64) @JsonPropertyDescription("When it came to this state.") @Nullable
        String lastTransitionTime,

        @Size(max = 2_048)
        @JsonPropertyDescription("What is checked, in short, such as https://shop.example.com/health or tcp://db:5432.")
        @Nullable
        String target,

        @Min(1) @Max(Condition.MAX_INTEGER) @JsonPropertyDescription("Id of the service in the API.") @Nullable
        Long serviceId,

        @Size(max = 2_048) @JsonPropertyDescription("Address of the service's page.") @Nullable
        String dashboardURL,

        @Size(max = ServiceAnnotation.MAX_TOKEN)
        @JsonPropertyDescription("Value of the annotation healthchecker.io/reconcile that was handled last.")
        @Nullable
        String lastHandledReconcile,

        @Size(max = ServiceAnnotation.MAX_TOKEN)
        @JsonPropertyDescription("Value of the annotation healthchecker.io/check-now that was handled last.")
        @Nullable
        String lastHandledCheckNow) {}
