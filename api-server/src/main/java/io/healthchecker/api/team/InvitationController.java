package io.healthchecker.api.team;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.AuditLog;
import io.healthchecker.api.auth.Credentials;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.auth.SessionView.TeamView;
import io.healthchecker.api.list.ListView;
import io.healthchecker.api.problem.FieldError;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.team.Account;
import io.healthchecker.core.team.Invitation;
import io.healthchecker.core.team.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

/** Invitations to a team. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "teams")
public class InvitationController {
    private static final int MOST_DAYS = 30;
    private static final int DAYS = 7;

    private final Invitations invitations;
    private final AuditLog audit;

    InvitationController(Invitations invitations, AuditLog audit) {
        this.invitations = invitations;
        this.audit = audit;
    }

    /** Who is invited, and as what. */
    @Schema(description = "Who is invited, and as what.")
    public record InvitationBody(
            @Schema(
                    description = "The only address that may use it. Default: any.",
                    example = "ada@example.com",
                    nullable = true)
            @Nullable
            String email,

            @Schema(
                    description = "viewer, editor or admin.",
                    example = "viewer",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String role,

            @Schema(description = "For how many days, 1 to 30. Default: 7.", example = "7") @Nullable
            Integer days) {}

    /** An invitation. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "An invitation.")
    public record InvitationView(
            @Schema(example = "1") long id,

            @Schema(example = "ada@example.com", nullable = true) @Nullable
            String email,

            @Schema(example = "viewer") String role,
            @Schema(example = "owner@example.com") String invitedBy,
            Instant createdAt,
            Instant expiresAt,

            @Schema(
                    description = "The link, below this server's address; only in the answer that made it.",
                    example = "/register?invite=Zm9vYmFy",
                    nullable = true)
            @Nullable
            String path) {
        static InvitationView of(Invitation invitation, @Nullable String path) {
            return new InvitationView(
                    invitation.id(),
                    invitation.email(),
                    invitation.role().name().toLowerCase(Locale.ROOT),
                    invitation.invitedBy(),
                    invitation.createdAt(),
                    invitation.expiresAt(),
                    path);
        }

        @Override
        public String toString() {
            return "InvitationView[not shown]";
        }
    }

    /** The code of an invitation. */
    @Schema(description = "The code of an invitation.")
    public record AcceptBody(
            @Schema(description = "From the link.", example = "Zm9vYmFy", requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String invite) {
        @Override
        public String toString() {
            return "AcceptBody[not shown]";
        }
    }

    @GetMapping("/teams/{teamId}/invitations")
    @Requires(Access.ADMIN)
    @Operation(summary = "List invitations", description = "Those that can still be used, newest first.")
    @ApiResponse(responseCode = "200", description = "The invitations.")
    public ListView<InvitationView> list(@Parameter(example = "1") @PathVariable int teamId) {
        return ListView.whole(invitations.open(teamId).stream()
                .map(invitation -> InvitationView.of(invitation, null))
                .toList());
    }

    @PostMapping(path = "/teams/{teamId}/invitations", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Requires(Access.ADMIN)
    @Operation(
            summary = "Invite somebody",
            description = "Gives a link to pass on, which works once. Who has an account accepts it; who has none "
                    + "registers with it, in the header X-Invitation, even where registration is closed.")
    @ApiResponse(responseCode = "201", description = "The invitation.")
    public InvitationView create(
            Principal principal, @Parameter(example = "1") @PathVariable int teamId, @RequestBody InvitationBody body) {
        List<FieldError> errors = new ArrayList<>();
        if (body.email() != null) {
            errors.addAll(Credentials.emailErrors(body.email()));
        }
        int days = body.days() == null ? DAYS : body.days();
        if (days < 1 || days > MOST_DAYS) {
            errors.add(new FieldError("days", "days is %d; it must be 1 to %d".formatted(days, MOST_DAYS)));
        }
        Role role = TeamController.role(body.role(), errors);
        Invitations.Issued issued =
                invitations.issue(teamId, body.email(), role, principal.email(), Duration.ofDays(days));
        InvitationView known = InvitationView.of(issued.known(), null);
        String name = body.email() == null ? "by link" : body.email();
        audit.record(principal, "create", "invitation", known.id(), name, null, known);
        return InvitationView.of(
                issued.known(), "/register?invite=" + issued.code().reveal());
    }

    @DeleteMapping("/teams/{teamId}/invitations/{invitationId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Access.ADMIN)
    @Operation(summary = "Withdraw an invitation", description = "Its link works no longer.")
    @ApiResponse(responseCode = "204", description = "Withdrawn.")
    public void withdraw(
            Principal principal,
            @Parameter(example = "1") @PathVariable int teamId,
            @Parameter(example = "1") @PathVariable long invitationId) {
        invitations.withdraw(teamId, invitationId);
        audit.record(principal, "delete", "invitation", invitationId, "", null, null);
    }

    @PostMapping(path = "/invitations:accept", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Access.SIGNED_IN)
    @Operation(
            summary = "Accept an invitation",
            description = "Joins its team. Who is a member already keeps the role.")
    @ApiResponse(responseCode = "200", description = "The team, and your role in it.")
    public TeamView accept(Account account, @RequestBody AcceptBody body) {
        if (body.invite() == null) {
            throw ProblemException.invalid("invite", "invite is missing; it is required");
        }
        return TeamView.of(invitations.accept(account, new Secret(body.invite())));
    }
}
