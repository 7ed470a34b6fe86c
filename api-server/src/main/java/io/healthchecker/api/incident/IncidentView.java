package io.healthchecker.api.incident;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.incident.Acknowledgement;
import io.healthchecker.core.incident.Incident;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An incident. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "From the transition that left Up to the one that came back.")
public record IncidentView(
        @Schema(example = "12") long id,

        long serviceId,

        @Schema(description = "Name of the service.", example = "My API")
        String service,

        @Schema(description = "open or closed.", example = "open")
        String state,

        @Schema(description = "Degraded or Down, whichever it came to.", example = "Down")
        String worst,

        Reason reason,

        @Schema(description = "What the reason means.", example = "Nothing listens at the address.")
        String text,

        @Schema(
                description = "What happened in particular.",
                example = "connection refused by 192.0.2.7:443",
                nullable = true)
        @Nullable
        String detail,

        Instant openedAt,

        @Schema(description = "Absent while it is open.", nullable = true) @Nullable
        Instant closedAt,

        @Schema(description = "Number of the transition that opened it.")
        long openedSeq,

        @Schema(
                description =
                        "Number of the transition that closed it; absent while it is open, and where its service was removed.",
                nullable = true)
        @Nullable
        Long closedSeq,

        @Schema(description = "Who has it in hand; absent where nobody does.", nullable = true) @Nullable
        AcknowledgementView acknowledged) {

    /** Who has an incident in hand. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "Who has an incident in hand.")
    public record AcknowledgementView(
            @Schema(example = "ada@example.com") String by,
            Instant at,

            @Schema(description = "Absent where it holds until the incident is over.", nullable = true) @Nullable
            Instant until,

            @Schema(example = "rolling back", nullable = true) @Nullable
            String note) {
        static @Nullable AcknowledgementView of(@Nullable Acknowledgement acknowledgement, Instant now) {
            if (acknowledgement == null) {
                return null;
            }
            Instant until = acknowledgement.until();
            return until != null && until.isBefore(now)
                    ? null
                    : new AcknowledgementView(
                            acknowledgement.by(), acknowledgement.at(), until, acknowledgement.note());
        }
    }

    static IncidentView of(Incident incident, String service, Instant now) {
        return new IncidentView(
                incident.id(),
                incident.serviceId(),
                service,
                incident.closedAt() == null ? "open" : "closed",
                incident.worst().word(),
                incident.reason(),
                incident.reason().explanation(),
                incident.detail(),
                incident.openedAt(),
                incident.closedAt(),
                incident.openedSeq(),
                incident.closedSeq(),
                AcknowledgementView.of(incident.acknowledgement(), now));
    }
}
