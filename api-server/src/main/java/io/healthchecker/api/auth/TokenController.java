package io.healthchecker.api.auth;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.healthchecker.api.list.ListView;
import io.healthchecker.api.problem.FieldError;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.team.ApiToken;
import io.healthchecker.core.team.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tokens for programs. */
@RestController
@RequestMapping(path = "/api/v1/tokens", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "tokens", description = "Tokens for programs.")
public class TokenController {
    private static final int MOST_DAYS = 366;
    private static final int LONGEST_NAME = 100;
    private static final String WALL = "wall";

    private final ApiTokens tokens;
    private final AuditLog audit;

    TokenController(ApiTokens tokens, AuditLog audit) {
        this.tokens = tokens;
        this.audit = audit;
    }

    /** What a token is to be. */
    @Schema(description = "What a token is to be.")
    public record TokenBody(
            @Schema(
                    description = "1 to 100 characters.",
                    example = "deploy pipeline",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String name,

            @Schema(
                    description =
                            "What it may do at most: wall, viewer, editor or admin; not more than you may. A wall reads the list of services and the live feed, nothing else.",
                    example = "viewer",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String scope,

            @Schema(
                    description = "In how many days it ends, 1 to 366.",
                    example = "90",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            Integer expiresInDays) {}

    /** What is known of a token. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "What is known of a token.")
    public record TokenView(
            @Schema(example = "1") long id,
            @Schema(example = "deploy pipeline") String name,

            @Schema(description = "wall, viewer, editor or admin.", example = "viewer")
            String scope,

            @Schema(description = "Who made it.", example = "ada@example.com")
            String owner,

            Instant createdAt,
            Instant expiresAt,

            @Schema(description = "To the minute; absent if it never was.", nullable = true) @Nullable
            Instant lastUsedAt,

            @Schema(description = "Address of the last use.", example = "192.0.2.7", nullable = true) @Nullable
            String lastUsedFrom,

            @Schema(
                    description = "The token itself; only in the answer that made it.",
                    example = "hct_Zm9vYmFy",
                    nullable = true)
            @Nullable
            String token) {
        static TokenView of(ApiToken known, @Nullable String token) {
            return new TokenView(
                    known.id(),
                    known.name(),
                    known.wall() ? WALL : known.scope().name().toLowerCase(Locale.ROOT),
                    known.email(),
                    known.createdAt(),
                    known.expiresAt(),
                    known.lastUsedAt(),
                    known.lastUsedFrom(),
                    token);
        }

        @Override
        public String toString() {
            return "TokenView[not shown]";
        }
    }

    @GetMapping
    @Requires(Access.VIEWER)
    @Operation(summary = "List tokens", description = "Your own in this team; for an admin all of the team.")
    @ApiResponse(responseCode = "200", description = "The tokens, newest first.")
    public ListView<TokenView> list(Principal principal) {
        return ListView.whole(tokens.list(principal).stream()
                .map(token -> TokenView.of(token, null))
                .toList());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Requires(Access.VIEWER)
    @Operation(
            summary = "Make a token",
            description =
                    "Send it as `Authorization: Bearer hct_…`. It works in this team alone, is shown once, and stops "
                            + "working when you leave the team. A token makes no tokens.")
    @ApiResponse(responseCode = "201", description = "The token.")
    public TokenView create(Principal principal, @RequestBody TokenBody body, HttpServletRequest request) {
        if (Gate.limits(request) != null) {
            throw ProblemException.forbidden("a token makes no tokens; sign in to make one");
        }
        List<FieldError> errors = new ArrayList<>();
        String name = body.name() == null ? "" : body.name().strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
            errors.add(new FieldError("name", "name must have 1 to %d characters".formatted(LONGEST_NAME)));
        }
        boolean wall = WALL.equals(body.scope());
        Optional<Role> scope = wall ? Optional.of(Role.VIEWER) : role(body.scope());
        if (scope.isEmpty()) {
            errors.add(new FieldError("scope", "scope must be wall, viewer, editor or admin"));
        } else if (!principal.role().atLeast(scope.get())) {
            errors.add(new FieldError(
                    "scope",
                    "scope is %s; you are %s in this team, so it must not be more"
                            .formatted(body.scope(), principal.role().name().toLowerCase(Locale.ROOT))));
        }
        Integer days = body.expiresInDays();
        if (days == null || days < 1 || days > MOST_DAYS) {
            errors.add(new FieldError("expiresInDays", "expiresInDays must be 1 to %d".formatted(MOST_DAYS)));
        }
        if (!errors.isEmpty() || days == null) {
            throw ProblemException.invalid(errors);
        }
        ApiTokens.Issued issued = tokens.issue(principal, name, scope.orElseThrow(), wall, Duration.ofDays(days));
        TokenView known = TokenView.of(issued.known(), null);
        audit.record(principal, "create", "token", known.id(), name, null, known);
        return TokenView.of(issued.known(), issued.token().reveal());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Access.VIEWER)
    @Operation(
            summary = "Revoke a token",
            description = "It stops working at once. Your own; for an admin any of the team.")
    @ApiResponse(responseCode = "204", description = "Revoked.")
    public void revoke(Principal principal, @Parameter(example = "1") @PathVariable long id) {
        ApiToken token = tokens.revoke(principal, id);
        audit.record(principal, "delete", "token", id, token.name(), TokenView.of(token, null), null);
    }

    private static Optional<Role> role(@Nullable String word) {
        return Stream.of(Role.values())
                .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }
}
