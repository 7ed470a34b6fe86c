package io.healthchecker.api.auth;

import io.healthchecker.core.team.Account;
import io.healthchecker.core.team.Membership;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The answer to signing in. */
@Schema(description = "Tokens of a session, and whose they are.")
public record SessionView(
        @Schema(
                description = "Access token: send it as Authorization: Bearer <token>.",
                example = "eyJhbGciOiJIUzI1NiJ9.e30.xyz")
        String token,

        @Schema(description = "Always Bearer.", example = "Bearer")
        String tokenType,

        @Schema(description = "Seconds until the access token expires.", example = "900")
        long expiresIn,

        @Schema(description = "Gives a new pair of tokens once; a second use ends the session.", example = "Zm9vYmFy")
        String refreshToken,

        User user) {
    /** Whose tokens they are. */
    @Schema(description = "An account.")
    public record User(
            @Schema(example = "1") int id,
            @Schema(example = "user@example.com") String email,
            Instant createdAt,
            List<TeamView> teams) {}

    /** A team of the account. */
    @Schema(description = "A team, and the role of the account in it.")
    public record TeamView(
            @Schema(example = "1") int id,
            @Schema(example = "user@example.com") String name,

            @Schema(description = "viewer, editor or admin.", example = "admin")
            String role) {
        public static TeamView of(Membership membership) {
            return new TeamView(
                    membership.teamId(),
                    membership.teamName(),
                    membership.role().name().toLowerCase(Locale.ROOT));
        }
    }

    static User user(Account account, List<Membership> teams) {
        return new User(
                account.id(),
                account.email(),
                account.createdAt(),
                teams.stream().map(TeamView::of).toList());
    }

    @Override
    public String toString() {
        return "SessionView[not shown]";
    }
}
