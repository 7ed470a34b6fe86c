package io.healthchecker.api.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.JobKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One check and what it found. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "One check and what it found.")
public record ResultView(
        @Schema(description = "Slot and location: names it in results/{id}.", example = "1767191400000~default")
        String id,

        long serviceId,

        @Schema(description = "When the check was due.") Instant slot,

        @Schema(description = "When it began.") Instant checkedAt,

        String location,
        Outcome outcome,
        Reason reason,

        @Schema(description = "What the reason means.", example = "Nothing listens at the address.")
        String text,

        @Schema(
                description = "What happened in particular.",
                example = "connection refused by 192.0.2.7:443",
                nullable = true)
        @Nullable
        String detail,

        @Schema(description = "Status of the HTTP answer.", example = "200", nullable = true) @Nullable
        Integer httpStatus,

        @Schema(description = "From the start of the check to its verdict, microseconds.", example = "41250")
        int latencyMicros,

        @Schema(description = "Start of the check minus its slot, milliseconds.", example = "3")
        int latenessMillis,

        Phases phases,

        @Schema(description = "Version of the definition that was checked.")
        long version,

        @Schema(description = "GRID: by the schedule. FIRST: at once. CONFIRMATION: of a surprise. MANUAL: by hand.")
        JobKind kind,

        @Schema(description = "The worker itself was slow, so the times are doubtful.")
        boolean slowWorker) {

    /** Where the time went. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "Where the time went, microseconds; a phase that was not reached or not needed is absent.")
    public record Phases(
            @Nullable Integer dnsMicros,
            @Nullable Integer connectMicros,
            @Nullable Integer tlsMicros,
            @Nullable Integer firstByteMicros,
            @Nullable Integer transferMicros) {

        /** Times as they are shown. */
        public static Phases of(PhaseTimes times) {
            return new Phases(
                    micros(times.dnsMicros()),
                    micros(times.connectMicros()),
                    micros(times.tlsMicros()),
                    micros(times.firstByteMicros()),
                    micros(times.transferMicros()));
        }

        private static @Nullable Integer micros(int micros) {
            return micros == PhaseTimes.NONE ? null : micros;
        }
    }

    /** A result as it is shown, at a location of that name. */
    public static ResultView of(CheckResult result, String location) {
        long slot = result.job().slot();
        return new ResultView(
                slot + "~" + location,
                result.job().serviceId(),
                Instant.ofEpochMilli(slot),
                Instant.ofEpochMilli(slot + result.latenessMillis()),
                location,
                result.outcome(),
                result.reason(),
                result.reason().explanation(),
                result.detail(),
                result.httpStatus() == 0 ? null : result.httpStatus(),
                result.latencyMicros(),
                result.latenessMillis(),
                Phases.of(result.phases()),
                result.job().version(),
                result.job().kind(),
                result.slowWorker());
    }
}
