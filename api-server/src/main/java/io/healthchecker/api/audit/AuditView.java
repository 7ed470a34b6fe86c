package io.healthchecker.api.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.healthchecker.core.team.AuditEntry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who changed what. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Who changed what.")
public record AuditView(
        @Schema(example = "1") long id,
        Instant at,

        @Schema(description = "E-mail address, and the token where one was used.", example = "ada@example.com")
        String actor,

        @Schema(description = "create, update, delete, adopt …", example = "update")
        String action,

        @Schema(example = "service:12") String object,

        @Schema(description = "What the object was called then.", example = "cart-api")
        String name,

        @Schema(description = "As it was; absent where there was nothing.", type = "object", nullable = true)
        @JsonRawValue
        @Nullable
        String before,

        @Schema(description = "As it became; absent where nothing is left.", type = "object", nullable = true)
        @JsonRawValue
        @Nullable
        String after,

        @Schema(description = "The X-Request-Id of the answer.", nullable = true) @Nullable
        String requestId) {
    static AuditView of(AuditEntry entry) {
        return new AuditView(
                entry.id(),
                entry.at(),
                entry.actor(),
                entry.action(),
                entry.object(),
                entry.name(),
                entry.before(),
                entry.after(),
                entry.requestId());
    }
}
