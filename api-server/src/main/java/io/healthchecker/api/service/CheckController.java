package io.healthchecker.api.service;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.history.LocationNames;
import io.healthchecker.api.history.ResultView;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.service.Service;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Checks on demand. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "checks", description = "Check a service now, or try a definition out.")
public class CheckController {
    private final Services services;
    private final ChecksNow checks;
    private final Trials trials;
    private final Bodies bodies;
    private final LocationNames locations;

    CheckController(Services services, ChecksNow checks, Trials trials, Bodies bodies, LocationNames locations) {
        this.services = services;
        this.checks = checks;
        this.trials = trials;
        this.bodies = bodies;
        this.locations = locations;
    }

    /** A check whose result is still awaited. */
    @Schema(description = "A check whose result was not there in time; it will stand in the history.")
    public record AwaitedView(
            @Schema(description = "When the check was due.") Instant slot,

            @Schema(description = "Where its result will be.", example = "/api/v1/services/1/health-checks")
            String healthChecks) {}

    @PostMapping("/services/{id}:check")
    @Requires(Access.EDITOR)
    @Operation(
            summary = "Check a service now",
            description =
                    "Sends a check to a worker and waits for its result, at most the timeout and 5 seconds. It counts like any other result.")
    @ApiResponse(
            responseCode = "200",
            description = "The result.",
            content = @Content(schema = @Schema(implementation = ResultView.class)))
    @ApiResponse(
            responseCode = "202",
            description = "The result was not there in time.",
            content = @Content(schema = @Schema(implementation = AwaitedView.class)))
    public CompletableFuture<ResponseEntity<Object>> check(
            Principal principal, @Parameter(example = "1") @PathVariable long id) {
        Service service = services.find(principal, id);
        if (service.definition().suspended()) {
            throw ProblemException.conflict("service %d is suspended; set suspend to false first".formatted(id));
        }
        ChecksNow.Started started = checks.start(service);
        return started.result().thenApply(result -> answer(id, started.slot(), result));
    }

    @PostMapping(path = "/services:test", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Access.EDITOR)
    @Operation(
            summary = "Try a definition out",
            description =
                    "A worker runs it once, under the rules of any other check, and nothing is stored. The body is that of a service; its name may be missing.")
    @TakesService
    @ApiResponse(responseCode = "200", description = "What the worker found.")
    public TrialView test(Principal principal, @RequestBody ObjectNode body) {
        return TrialView.of(trials.run(principal.teamId(), bodies.ofTrial(body)));
    }

    private ResponseEntity<Object> answer(long id, long slot, Optional<CheckResult> result) {
        String healthChecks = "/api/v1/services/%d/health-checks".formatted(id);
        return result.<ResponseEntity<Object>>map(found -> ResponseEntity.ok(
                        ResultView.of(found, locations.of(found.job().locationId()))))
                .orElseGet(() -> ResponseEntity.accepted()
                        .location(URI.create(healthChecks))
                        .body(new AwaitedView(Instant.ofEpochMilli(slot), healthChecks)));
    }
}
