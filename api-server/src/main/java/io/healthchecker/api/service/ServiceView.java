package io.healthchecker.api.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.healthchecker.api.find.ServiceRow;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.verdict.ServiceState;
import io.healthchecker.crds.Definition;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service as it is shown: what was said of it, and what it is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A service: what was said of it, and what it is.")
public record ServiceView(
        @Schema(example = "1") long id,
        @Schema(example = "My API") String name,

        @Schema(description = "Who owns the definition: rest, file or kubernetes.", example = "rest")
        String source,

        @Schema(description = "Where the definition is kept; absent for rest.", nullable = true) @Nullable
        String owner,

        @Schema(description = "Grows with each change; also the ETag.", example = "1")
        long version,

        @JsonUnwrapped Definition definition,

        @Schema(
                description = "Short for http.url; absent for other probes.",
                example = "https://api.example.com/health",
                nullable = true)
        @Nullable
        String url,

        @JsonProperty("check_interval") @Schema(description = "Seconds from one check to the next.", example = "60")
        long checkInterval,

        @Schema(description = "Up, Degraded, Down, Unknown or Suspended.", example = "Up")
        String state,

        @Schema(description = "When it came to this state.") Instant since,
        Why why,

        @Schema(description = "What is to be known beside the state.")
        List<Flag> flags,

        @Schema(description = "The newest result; absent before the first.", nullable = true) @Nullable
        LastResult lastResult,

        @Schema(description = "What it was in the last 24 hours; absent where nothing is known yet.", nullable = true)
        @Nullable
        Day day,

        @Schema(description = "How its checks stand; only where one service is asked for.", nullable = true) @Nullable
        Checks checks,

        @Schema(description = "The open incident; absent where there is none.", nullable = true) @Nullable
        Long incidentId,

        Instant createdAt,
        Instant updatedAt) {
    /** Why it is in its state. */
    @Schema(description = "Why a service is in its state.")
    public record Why(
            @Schema(example = "CONNECT_REFUSED") String reason,

            @Schema(description = "For a person.", example = "Nothing listens at the address.")
            String text) {}

    /** Something to be known beside the state. */
    @Schema(description = "Something to be known beside the state.")
    public record Flag(
            @Schema(description = "failing: below the threshold; late: no result for two periods.", example = "failing")
            String flag,

            @Schema(example = "failing 1 of 2") String text) {}

    /** What a service was in the last 24 hours. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "What a service was in the last 24 hours.")
    public record Day(
            @Schema(
                    description = "95th percentile of the latency in the last whole hour, milliseconds.",
                    example = "41.3",
                    nullable = true)
            @Nullable
            Double p95,

            @Schema(
                    description = "Percent of the known time that it was up; absent where none is known.",
                    example = "99.97",
                    nullable = true)
            @Nullable
            Double uptime,

            @Schema(description = "Percent of the time of which something is known.", example = "100", nullable = true)
            @Nullable
            Double coverage) {
        static @Nullable Day of(ServiceRow.@Nullable Day day) {
            return day == null || day.coveragePercent() == null
                    ? null
                    : new Day(day.p95Millis(), day.uptimePercent(), day.coveragePercent());
        }
    }

    /** How the checks of a service stand. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "How the checks of a service stand.")
    public record Checks(
            @Schema(description = "When the next check is due; absent while suspended.", nullable = true) @Nullable
            Instant next,

            @Schema(description = "How many locations hold it to be in the state that it is in.", example = "1")
            int seenBy,

            @Schema(description = "How many locations can tell.", example = "1")
            int locations,

            @Schema(
                    description =
                            "Until when the certificate is valid that checks have seen last, of several the first that ends; absent where none was seen.",
                    nullable = true)
            @Nullable
            Instant certificateEnds) {}

    /** The newest result, in short. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "The newest result, in short.")
    public record LastResult(
            @Schema(description = "When the check was due.") Instant slot,
            @Schema(example = "UP") String outcome,
            @Schema(example = "OK") String reason,

            @Schema(description = "What was found, for a person.", example = "Everything that was asked for was there.")
            String text,

            @Schema(example = "41250") int latencyMicros,

            @Schema(example = "200", nullable = true) @Nullable
            Integer httpStatus) {
        static LastResult of(CheckResult result) {
            String detail = result.detail();
            return new LastResult(
                    Instant.ofEpochMilli(result.job().slot()),
                    result.outcome().name(),
                    result.reason().name(),
                    detail == null ? result.reason().explanation() : detail,
                    result.latencyMicros(),
                    result.httpStatus() == 0 ? null : result.httpStatus());
        }
    }

    /** The same, with how its checks stand. */
    ServiceView with(Checks now) {
        return new ServiceView(
                id,
                name,
                source,
                owner,
                version,
                definition,
                url,
                checkInterval,
                state,
                since,
                why,
                flags,
                lastResult,
                day,
                now,
                incidentId,
                createdAt,
                updatedAt);
    }

    static ServiceView of(
            Service service,
            ServiceState state,
            List<Flag> flags,
            @Nullable CheckResult latest,
            ServiceRow.@Nullable Day day) {
        Definition definition = service.definition();
        String detail = state.detail();
        return new ServiceView(
                service.id(),
                service.name(),
                service.source().word(),
                service.owner(),
                service.version(),
                SecretMask.hide(definition),
                definition.http() == null ? null : definition.http().url(),
                definition.periodMillis() / 1_000,
                state.state().word(),
                state.since(),
                new Why(state.reason().name(), detail == null ? state.reason().explanation() : detail),
                flags,
                latest == null ? null : LastResult.of(latest),
                Day.of(day),
                null,
                state.incidentId(),
                service.createdAt(),
                service.updatedAt());
    }
}
