package io.healthchecker.api.auth;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.healthchecker.core.team.Account;
import io.healthchecker.core.team.Membership;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The answer to signing in. */
@JsonInclude(JsonInclude.Include.NON_NULL)
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

        @Schema(
                description =
                        "Gives a new pair of tokens once; a second use ends the session. Absent where the request "
                                + "asked for it as a cookie.",
                example = "Zm9vYmFy",
                nullable = true)
        @Nullable
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

    /** The same for a browser, which keeps its refresh token elsewhere. */
    SessionView withoutRefreshToken() {
        return new SessionView(token, tokenType, expiresIn, null, user);
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
