package io.healthchecker.api.heartbeat;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.RateLimit;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.api.problem.ProblemType;
import io.healthchecker.core.assertion.Excerpt;
import io.healthchecker.core.heartbeat.Heartbeat.Ping;
import io.healthchecker.core.heartbeat.Signal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Pings of services that report by themselves. The token is all that they need, and a cron line has room for no more. */
@RestController
@RequestMapping(path = "/api/v1/heartbeats", produces = MediaType.TEXT_PLAIN_VALUE)
@Tag(name = "heartbeats", description = "Services that report by themselves.")
public class PingController {
    private static final String TOKEN = "3VbZ0uW1vJc2Yk8QdTqPz5LmXnRa7HsE";
    private static final int MAX_EXIT_STATUS = 255;
    private static final int MAX_RUN_ID = 64;

    private final Pings pings;
    private final RateLimit limit;

    PingController(Pings pings, RateLimit limit) {
        this.pings = pings;
        this.limit = limit;
    }

    @GetMapping("/{token}")
    @Requires(Access.OPEN)
    @Operation(
            summary = "Report a success",
            description =
                    "The job has done what it should. GET, HEAD and POST mean the same; a body is kept as far as 1000 "
                            + "characters, without what looks like a secret.")
    @ApiResponse(responseCode = "200", description = "It was taken.")
    public String succeeded(@Parameter(example = TOKEN) @PathVariable String token, HttpServletRequest request) {
        return take(token, Signal.SUCCESS, null, request);
    }

    @PostMapping("/{token}")
    @Requires(Access.OPEN)
    @Operation(summary = "Report a success, with a text", description = "Like GET.")
    @ApiResponse(responseCode = "200", description = "It was taken.")
    public String succeededWith(@Parameter(example = TOKEN) @PathVariable String token, HttpServletRequest request) {
        return take(token, Signal.SUCCESS, null, request);
    }

    @GetMapping("/{token}/{signal}")
    @Requires(Access.OPEN)
    @Operation(
            summary = "Report a start, a failure or an exit status",
            description = "`start` begins a run, whose duration is measured until the next report with the same `rid`; "
                    + "`fail` is a failure; a number is the exit status of the job, of which 0 is a success.")
    @ApiResponse(responseCode = "200", description = "It was taken.")
    public String signalled(
            @Parameter(example = TOKEN) @PathVariable String token,
            @Parameter(description = "`start`, `fail`, or an exit status from 0 to 255.", example = "fail")
                    @PathVariable
                    String signal,
            HttpServletRequest request) {
        return take(token, signal, request);
    }

    @PostMapping("/{token}/{signal}")
    @Requires(Access.OPEN)
    @Operation(summary = "Report a start, a failure or an exit status, with a text", description = "Like GET.")
    @ApiResponse(responseCode = "200", description = "It was taken.")
    public String signalledWith(
            @Parameter(example = TOKEN) @PathVariable String token,
            @Parameter(description = "`start`, `fail`, or an exit status from 0 to 255.", example = "fail")
                    @PathVariable
                    String signal,
            HttpServletRequest request) {
        return take(token, signal, request);
    }

    private String take(String token, String signal, HttpServletRequest request) {
        if (signal.equals("start")) {
            return take(token, Signal.START, null, request);
        }
        if (signal.equals("fail")) {
            return take(token, Signal.FAILURE, null, request);
        }
        if (!signal.matches("[0-9]{1,3}") || Integer.parseInt(signal) > MAX_EXIT_STATUS) {
            throw unknown();
        }
        int exitStatus = Integer.parseInt(signal);
        return take(token, exitStatus == 0 ? Signal.SUCCESS : Signal.FAILURE, exitStatus, request);
    }

    private String take(String token, Signal signal, @Nullable Integer exitStatus, HttpServletRequest request) {
        long wait = limit.take(token);
        if (wait > 0) {
            throw new ProblemException(ProblemType.TOO_MANY_REQUESTS, "too many pings; one a minute is enough")
                    .withHeader("Retry-After", Long.toString(wait));
        }
        if (!pings.take(new PingToken(token), new Ping(signal, runId(request), exitStatus, text(request)))) {
            throw unknown();
        }
        return "ok\n";
    }

    private static ProblemException unknown() {
        return ProblemException.notFound("there is no such heartbeat; take its address from the service");
    }

    private static @Nullable String text(HttpServletRequest request) {
        try {
            return PingText.of(request.getInputStream().readNBytes(PingText.MAX_BYTES));
        } catch (IOException e) {
            return null; // the ping counts, if its text did not arrive
        }
    }

    // not getParameter, which would eat a form's body
    private static @Nullable String runId(HttpServletRequest request) {
        String query = request.getQueryString();
        String rid = query == null || !query.contains("rid=")
                ? null
                : UriComponentsBuilder.newInstance()
                        .query(query)
                        .build()
                        .getQueryParams()
                        .getFirst("rid");
        return rid == null ? null : Excerpt.of(rid, MAX_RUN_ID);
    }
}
