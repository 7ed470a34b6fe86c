package io.healthchecker.api.auth;

import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.team.Account;
import io.healthchecker.core.team.Membership;
import io.healthchecker.core.team.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Decides whether a request may go on. Who it comes from was found by {@link AuthenticationFilter}; here its team is
 * found, and the role in it compared to what the route asks for.
 */
public final class Gate {
    /** Chooses the team of a request among those of the account; the query parameter {@code team} does the same. */
    public static final String TEAM_HEADER = "X-Team";

    private static final String PRINCIPAL = Principal.class.getName();
    private static final String ACCOUNT = Account.class.getName();
    private static final String HOLDER = Tickets.Holder.class.getName();

    private final Accounts accounts;

    Gate(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Notes who a request comes from; without a team it works in the one that it names, or the account's own. */
    static void identify(HttpServletRequest request, Tickets.Holder holder) {
        request.setAttribute(HOLDER, holder);
    }

    /**
     * Lets a request pass that a route is for; afterwards {@link #principal} and {@link #account} know who it is.
     *
     * @param wall whether a token of the wall may pass, too
     * @throws ProblemException if it may not pass
     */
    public void admit(HttpServletRequest request, Access access, boolean wall) {
        if (access == Access.OPEN) {
            return;
        }
        if (!(request.getAttribute(HOLDER) instanceof Tickets.Holder holder)) {
            throw AuthenticationFilter.missing();
        }
        if (holder.limits() != null && holder.limits().wall() && !wall) {
            throw ProblemException.forbidden("this token is for the wall, which does not need this");
        }
        if (access == Access.TOKEN) {
            return;
        }
        if (access == Access.SIGNED_IN) {
            if (holder.limits() != null && !request.getMethod().equals("GET")) {
                throw ProblemException.forbidden("an API token works in its team alone; sign in to do this");
            }
            request.setAttribute(ACCOUNT, account(holder));
            return;
        }
        Membership membership = membership(request, holder);
        Tickets.Limits limits = holder.limits();
        Role role = limits == null ? membership.role() : limits.within(membership.role());
        if (access.allows(membership.role()) && !access.allows(role)) {
            throw ProblemException.forbidden("the scope of this token is %s; this needs %s"
                    .formatted(
                            role.name().toLowerCase(Locale.ROOT), access.name().toLowerCase(Locale.ROOT)));
        }
        if (!access.allows(role)) {
            throw ProblemException.forbidden("your role in team %d is %s; this needs %s. Ask an admin of the team"
                    .formatted(
                            membership.teamId(),
                            membership.role().name().toLowerCase(Locale.ROOT),
                            access.name().toLowerCase(Locale.ROOT)));
        }
        request.setAttribute(
                PRINCIPAL,
                new Principal(
                        membership.accountId(),
                        membership.email(),
                        membership.teamId(),
                        role,
                        limits == null ? null : limits.tokenId()));
    }

    /** Who an admitted request comes from. */
    public static Principal principal(HttpServletRequest request) {
        if (request.getAttribute(PRINCIPAL) instanceof Principal principal) {
            return principal;
        }
        throw new IllegalStateException("the route does not ask for a team");
    }

    /** When the token of an admitted request ends, in epoch milliseconds. */
    public static long expiresAtMillis(HttpServletRequest request) {
        return holder(request).expiresAtMillis();
    }

    /** What the API token of an admitted request may do at most; null where a person signed in. */
    static Tickets.@Nullable Limits limits(HttpServletRequest request) {
        return holder(request).limits();
    }

    static Tickets.Holder holder(HttpServletRequest request) {
        if (request.getAttribute(HOLDER) instanceof Tickets.Holder holder) {
            return holder;
        }
        throw new IllegalStateException("the route is open");
    }

    /** The account that a request comes from which was admitted as signed in. */
    public static Account account(HttpServletRequest request) {
        if (request.getAttribute(ACCOUNT) instanceof Account account) {
            return account;
        }
        throw new IllegalStateException("the route does not ask for an account");
    }

    private Membership membership(HttpServletRequest request, Tickets.Holder holder) {
        Integer wanted = wantedTeam(request, holder);
        Optional<Membership> found = wanted == null
                ? accounts.firstMembership(holder.accountId())
                : accounts.membership(wanted, holder.accountId());
        if (found.isPresent()) {
            return found.get();
        }
        account(holder); // or the token is of nobody
        throw wanted == null
                ? ProblemException.forbidden("you are in no team; ask an admin of one to add you")
                : ProblemException.notFound(
                        "there is no team %d among yours; GET /api/v1/teams lists them".formatted(wanted));
    }

    private Account account(Tickets.Holder holder) {
        return accounts.find(holder.accountId())
                .orElseThrow(() -> AccessTokens.refused("the account of this token does not exist any more"));
    }

    private static @Nullable Integer wantedTeam(HttpServletRequest request, Tickets.Holder holder) {
        if (holder.teamId() != 0 && holder.limits() == null) {
            return holder.teamId();
        }
        Integer wanted = namedTeam(request);
        if (holder.limits() != null && wanted != null && wanted != holder.teamId()) {
            throw ProblemException.notFound(
                    "there is no team %d for this token, which works in team %d".formatted(wanted, holder.teamId()));
        }
        return holder.limits() == null ? wanted : Integer.valueOf(holder.teamId());
    }

    private static @Nullable Integer namedTeam(HttpServletRequest request) {
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                && variables.get("teamId") instanceof String inPath) {
            return number("teamId", inPath);
        }
        String header = request.getHeader(TEAM_HEADER);
        if (header != null) {
            return number(TEAM_HEADER, header);
        }
        // not getParameter, which would eat a form's body
        String query = request.getQueryString();
        String parameter = query == null || !query.contains("team=")
                ? null
                : UriComponentsBuilder.newInstance()
                        .query(query)
                        .build()
                        .getQueryParams()
                        .getFirst("team");
        return parameter == null ? null : number("team", parameter);
    }

    private static int number(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            String message = "%s is \"%s\"; it must be the id of one of your teams".formatted(name, text);
            throw name.equals("teamId")
                    ? ProblemException.notFound(message)
                    : ProblemException.badParameter(name, message);
        }
    }
}
