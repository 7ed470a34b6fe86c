package io.healthchecker.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What went wrong, as RFC 9457 says it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(description = "What went wrong (RFC 9457).")
public record Problem(
        @Schema(description = "Kind of problem, for programs.", example = "urn:health-checker:problem:invalid")
        String type,

        @Schema(description = "Kind of problem, for people.", example = "Some fields are wrong")
        String title,

        @Schema(description = "HTTP status.", example = "422")
        int status,

        @Schema(
                description = "This problem: what it is, what it must be, what to do.",
                example = "timeoutSeconds is 90; it must be below periodSeconds (60)")
        String detail,

        @Schema(description = "Path of the request.", example = "/api/v1/services")
        String instance,

        @Schema(description = "Quote it when asking for help; it is also in the X-Request-Id header.")
        String requestId,

        @Schema(description = "One entry for each wrong field.")
        List<FieldError> errors) {}
