package io.healthchecker.api.auth;

import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.api.problem.ProblemType;
import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.team.Account;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out. */
@RestController
@RequestMapping(path = "/api/v1/auth", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "auth", description = "Register, log in, refresh and log out.")
public class AuthController {
    private static final String SESSION =
            "cookie: for pages of our own. The refresh token comes and goes as a cookie that no script can read.";

    private final SignIn signIn;
    private final AuthLimits limits;
    private final SessionCookie cookie;
    private final boolean registration;

    AuthController(SignIn signIn, AuthLimits limits, AuthSettings settings) {
        this.signIn = signIn;
        this.limits = limits;
        this.cookie = new SessionCookie(settings.refreshLifetime());
        this.registration = settings.registration();
    }

    /** A refresh token. */
    @Schema(description = "A refresh token.")
    public record RefreshBody(
            @Schema(
                    description = "From the last answer.",
                    example = "Zm9vYmFy",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String refreshToken) {
        @Override
        public String toString() {
            return "RefreshBody[not shown]";
        }
    }

    @PostMapping(path = "/register", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Requires(Access.OPEN)
    @Operation(summary = "Register", description = "Creates an account with a team of its own, and logs it in.")
    @Parameter(
            in = ParameterIn.HEADER,
            name = SessionCookie.HEADER,
            description = SESSION,
            example = "cookie",
            schema = @Schema(type = "string"))
    @Parameter(
            in = ParameterIn.HEADER,
            name = InvitationCode.HEADER,
            description = "The code of an invitation, to join its team at once.",
            example = "Zm9vYmFy",
            schema = @Schema(type = "string"))
    @ApiResponse(responseCode = "201", description = "The account, and the tokens of its first session.")
    public SessionView register(
            @RequestBody Credentials credentials, HttpServletRequest request, HttpServletResponse response) {
        boolean browser = cookie.isAskedFor(request);
        limits.request(request.getRemoteAddr());
        String invitation = request.getHeader(InvitationCode.HEADER);
        if (!registration && invitation == null) {
            throw ProblemException.forbidden("registration is closed here; ask an admin for an account");
        }
        SessionView session = signIn.register(credentials, invitation == null ? null : new Secret(invitation));
        return browser ? cookie.keep(session, request, response) : session;
    }

    @PostMapping(path = "/login", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Access.OPEN)
    @Operation(
            summary = "Log in",
            description =
                    "Answers an access token and a refresh token. Send the first as `Authorization: Bearer <token>`.")
    @Parameter(
            in = ParameterIn.HEADER,
            name = SessionCookie.HEADER,
            description = SESSION,
            example = "cookie",
            schema = @Schema(type = "string"))
    @ApiResponse(responseCode = "200", description = "The tokens of a new session.")
    public SessionView login(
            @RequestBody Credentials credentials, HttpServletRequest request, HttpServletResponse response) {
        boolean browser = cookie.isAskedFor(request);
        limits.request(request.getRemoteAddr());
        credentials.refuseIncomplete();
        limits.attempt(credentials.address());
        SessionView session = signIn.logIn(credentials)
                .orElseThrow(() -> new ProblemException(ProblemType.UNAUTHENTICATED, "e-mail or password is wrong")
                        .withHeader("WWW-Authenticate", "Bearer realm=\"health-checker\""));
        limits.succeeded(credentials.address());
        return browser ? cookie.keep(session, request, response) : session;
    }

    @PostMapping(path = "/refresh", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Access.OPEN)
    @Operation(
            summary = "Refresh",
            description =
                    "Changes a refresh token for a new pair of tokens. It can be used once; a second use ends the session. "
                            + "A browser that has no session is told so by 204, which is no failure.")
    @Parameter(
            in = ParameterIn.HEADER,
            name = SessionCookie.HEADER,
            description = SESSION,
            example = "cookie",
            schema = @Schema(type = "string"))
    @ApiResponse(responseCode = "200", description = "The next tokens of the session.")
    @ApiResponse(
            responseCode = "204",
            description = "There is no cookie, so no session; only where the cookie was asked for.",
            content = @Content)
    public ResponseEntity<SessionView> refresh(
            @RequestBody RefreshBody body, HttpServletRequest request, HttpServletResponse response) {
        boolean browser = cookie.isAskedFor(request);
        limits.request(request.getRemoteAddr());
        if (browser) {
            return cookie.read(request)
                    .map(token -> ResponseEntity.ok(cookie.keep(signIn.refreshBrowser(token), request, response)))
                    .orElseGet(() -> ResponseEntity.noContent().build());
        }
        if (body.refreshToken() == null) {
            throw ProblemException.invalid("refreshToken", "refreshToken is missing; it is required");
        }
        return ResponseEntity.ok(signIn.refresh(new Secret(body.refreshToken())));
    }

    @PostMapping("/logout")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Access.SIGNED_IN)
    @Operation(
            summary = "Log out",
            description =
                    "Ends the session of a refresh token, or every session of the account where none is given. An access token works until it expires.")
    @Parameter(
            in = ParameterIn.HEADER,
            name = SessionCookie.HEADER,
            description = SESSION,
            example = "cookie",
            schema = @Schema(type = "string"))
    @ApiResponse(responseCode = "204", description = "Logged out.")
    public void logout(
            Account account,
            @RequestBody(required = false) @Nullable RefreshBody body,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (cookie.isAskedFor(request)) {
            cookie.read(request).ifPresent(token -> signIn.logOut(account.id(), token.reveal()));
            cookie.clear(request, response);
            return;
        }
        signIn.logOut(account.id(), body == null ? null : body.refreshToken());
    }
}
