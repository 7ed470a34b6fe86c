package io.healthchecker.api.team;

import io.healthchecker.core.team.Membership;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** A member of a team. */
@Schema(description = "A member of a team.")
public record MemberView(
        @Schema(description = "Id of the account.", example = "2")
        int id,

        @Schema(example = "ada@example.com") String email,

        @Schema(description = "viewer, editor or admin.", example = "editor")
        String role) {
    static MemberView of(Membership membership) {
        return new MemberView(
                membership.accountId(),
                membership.email(),
                membership.role().name().toLowerCase(Locale.ROOT));
    }
}
