package io.healthchecker.api.team;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.egress.TeamEgress;
import io.healthchecker.core.egress.TeamEgressTable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which addresses the checks of a team may dial. */
@RestController
@RequestMapping(path = "/api/v1/teams/{teamId}/egress-policy", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "teams", description = "Teams, their members and roles.")
public class EgressController {
    private final TeamEgressTable table;

    EgressController(TeamEgressTable table) {
        this.table = table;
    }

    /** The rules; an absent list is empty. */
    @Schema(
            description =
                    "Which of the addresses that the installation admits the checks of a team may dial. Where something "
                            + "is allowed, all else is denied; what is denied is denied though it is allowed as well.")
    public record EgressBody(
            @Schema(description = "Addresses and ranges; empty for all.", example = "[\"203.0.113.0/24\"]") @Nullable
            List<String> allow,

            @Schema(description = "Addresses and ranges.", example = "[\"10.0.0.0/8\"]") @Nullable
            List<String> deny,

            @Schema(description = "Ports and ranges of ports; empty for all.", example = "[\"443\"]") @Nullable
            List<String> allowPorts,

            @Schema(description = "Ports and ranges of ports.", example = "[\"25\", \"6000-6063\"]") @Nullable
            List<String> denyPorts,

            @Schema(
                    description =
                            "Names, `*.example.com` for all below one; empty for all. A target written as an address has no name.",
                    example = "[\"*.example.com\"]")
            @Nullable
            List<String> allowHosts,

            @Schema(description = "Names, `*.example.com` for all below one.", example = "[\"intern.example.com\"]")
            @Nullable
            List<String> denyHosts) {

        static EgressBody of(TeamEgress rules) {
            return new EgressBody(
                    rules.allow(),
                    rules.deny(),
                    rules.allowPorts(),
                    rules.denyPorts(),
                    rules.allowHosts(),
                    rules.denyHosts());
        }

        TeamEgress rules() {
            return new TeamEgress(
                    list(allow), list(deny), list(allowPorts), list(denyPorts), list(allowHosts), list(denyHosts));
        }

        private static List<String> list(@Nullable List<String> list) {
            return list == null
                    ? List.of()
                    : list.stream().filter(Objects::nonNull).toList();
        }
    }

    @GetMapping
    @Requires(Access.VIEWER)
    @Operation(
            summary = "Read what a team's checks may dial",
            description = "Rules of the team, beside those of the installation, which hold for all.")
    @ApiResponse(responseCode = "200", description = "The rules.")
    public EgressBody rules(@Parameter(example = "1") @PathVariable int teamId) {
        return EgressBody.of(table.of(teamId));
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Access.ADMIN)
    @Operation(
            summary = "Say what a team's checks may dial",
            description =
                    "They hold for every check of the team, each address of a name and each redirect, within 5 seconds. "
                            + "What they deny is Down with the reason EGRESS_DENIED.")
    @ApiResponse(responseCode = "200", description = "The rules as they are now.")
    public EgressBody change(@Parameter(example = "1") @PathVariable int teamId, @RequestBody EgressBody body) {
        TeamEgress rules;
        try {
            rules = body.rules();
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw ProblemException.invalid(message.substring(0, message.indexOf(' ')), message);
        }
        table.write(teamId, rules);
        return EgressBody.of(rules);
    }
}
