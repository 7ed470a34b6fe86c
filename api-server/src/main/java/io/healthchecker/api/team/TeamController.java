package io.healthchecker.api.team;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.AuditLog;
import io.healthchecker.api.auth.Credentials;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.auth.SessionView.TeamView;
import io.healthchecker.api.list.Cursor;
import io.healthchecker.api.list.CursorParameter;
import io.healthchecker.api.list.ListView;
import io.healthchecker.api.list.Window;
import io.healthchecker.api.problem.FieldError;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.team.Account;
import io.healthchecker.core.team.Membership;
import io.healthchecker.core.team.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Teams of the caller, and their members. The team in the path is the one whose role counts. */
@RestController
@RequestMapping(path = "/api/v1/teams", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "teams", description = "Teams, their members and roles.")
public class TeamController {
    private final Members members;
    private final AuditLog audit;

    TeamController(Members members, AuditLog audit) {
        this.members = members;
        this.audit = audit;
    }

    /** Who is to be a member, and as what. */
    @Schema(description = "Who is to be a member, and as what.")
    public record NewMember(
            @Schema(example = "ada@example.com", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String email,

            @Schema(
                    description = "viewer, editor or admin.",
                    example = "editor",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String role) {}

    /** What a member is to be. */
    @Schema(description = "What a member is to be.")
    public record RoleBody(
            @Schema(
                    description = "viewer, editor or admin.",
                    example = "viewer",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String role) {}

    @GetMapping
    @Requires(Access.SIGNED_IN)
    @Operation(
            summary = "List my teams",
            description =
                    "In the order in which the account joined them. Requests work in the first, unless the header `X-Team` or the parameter `team` names another.")
    @ApiResponse(responseCode = "200", description = "The teams, with the role in each.")
    public ListView<TeamView> teams(Account account) {
        return ListView.whole(
                members.ofAccount(account.id()).stream().map(TeamView::of).toList());
    }

    @GetMapping("/{teamId}/members")
    @Requires(Access.VIEWER)
    @Operation(summary = "List members", description = "The members of a team of yours.")
    @ApiResponse(responseCode = "200", description = "A window of the members, by the age of their accounts.")
    public ListView<MemberView> members(
            @Parameter(example = "1") @PathVariable int teamId,
            @Parameter(description = "How many at most, 1 to 500. Default: 500.", example = "50")
                    @RequestParam(required = false)
                    @Nullable
                    Integer limit,
            @CursorParameter @RequestParam(required = false) @Nullable String cursor) {
        Window window = Window.of(limit == null ? Integer.valueOf(Window.MAX_LIMIT) : limit, cursor, null);
        long after = window.cursor() == null ? 0 : window.cursor().number(0);
        List<Membership> found = members.ofTeam(teamId, Math.clamp(after, 0, Integer.MAX_VALUE), window.limit() + 1);
        List<Membership> shown = found.subList(0, Math.min(found.size(), window.limit()));
        return ListView.window(
                shown.stream().map(MemberView::of).toList(),
                found.size() == shown.size()
                        ? null
                        : Cursor.of(shown.getLast().accountId()).text());
    }

    @PostMapping(path = "/{teamId}/members", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Requires(Access.ADMIN)
    @Operation(summary = "Add a member", description = "Adds an account by its e-mail address.")
    @ApiResponse(responseCode = "201", description = "The new member.")
    public MemberView add(
            Principal principal, @Parameter(example = "1") @PathVariable int teamId, @RequestBody NewMember body) {
        List<FieldError> errors = new ArrayList<>(Credentials.emailErrors(body.email()));
        Role role = role(body.role(), errors);
        MemberView added = MemberView.of(members.add(teamId, String.valueOf(body.email()), role));
        audit.record(principal, "create", "member", added.id(), added.email(), null, added);
        return added;
    }

    @PutMapping(path = "/{teamId}/members/{accountId}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Access.ADMIN)
    @Operation(summary = "Change a role", description = "Gives a member another role.")
    @ApiResponse(responseCode = "200", description = "The member as it is now.")
    public MemberView change(
            Principal principal,
            @Parameter(example = "1") @PathVariable int teamId,
            @Parameter(example = "2") @PathVariable int accountId,
            @RequestBody RoleBody body) {
        MemberView before = members.find(teamId, accountId).map(MemberView::of).orElse(null);
        MemberView after = MemberView.of(members.change(teamId, accountId, role(body.role(), new ArrayList<>())));
        audit.record(principal, "update", "member", accountId, after.email(), before, after);
        return after;
    }

    @DeleteMapping("/{teamId}/members/{accountId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Access.ADMIN)
    @Operation(summary = "Remove a member", description = "The account stays; it is only no member any more.")
    @ApiResponse(responseCode = "204", description = "Removed.")
    public void remove(
            Principal principal,
            @Parameter(example = "1") @PathVariable int teamId,
            @Parameter(example = "2") @PathVariable int accountId) {
        MemberView before = members.find(teamId, accountId).map(MemberView::of).orElse(null);
        members.remove(teamId, accountId);
        audit.record(principal, "delete", "member", accountId, before == null ? "" : before.email(), before, null);
    }

    /** A role by its word; what is wrong with it and with the rest is refused together. */
    static Role role(@Nullable String word, List<FieldError> errors) {
        Role role = null;
        for (Role candidate : Role.values()) {
            if (candidate.name().toLowerCase(java.util.Locale.ROOT).equals(word)) {
                role = candidate;
            }
        }
        if (role == null) {
            errors.add(new FieldError(
                    "role",
                    word == null
                            ? "role is missing; it is required"
                            : "role is \"%s\"; it must be viewer, editor or admin".formatted(word)));
        }
        if (role == null || !errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return role;
    }
}
