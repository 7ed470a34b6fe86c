package io.healthchecker.api.heartbeat;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.heartbeat.Heartbeat;
import io.healthchecker.core.heartbeat.HeartbeatTable;
import io.healthchecker.core.heartbeat.Rhythm;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.core.time.Ticker;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What services report, and where they do. */
@RestController
@RequestMapping(path = "/api/v1/services/{id}/heartbeat", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "heartbeats", description = "Services that report by themselves.")
public class HeartbeatController {
    private final ServiceTable services;
    private final HeartbeatTable heartbeats;
    private final Addresses addresses;
    private final Ticker ticker;

    HeartbeatController(ServiceTable services, HeartbeatTable heartbeats, Addresses addresses, Ticker ticker) {
        this.services = services;
        this.heartbeats = heartbeats;
        this.addresses = addresses;
        this.ticker = ticker;
    }

    @GetMapping
    @Requires(Access.VIEWER)
    @Operation(summary = "Read what a service reported", description = "Its last report, and when the next is due.")
    @ApiResponse(responseCode = "200", description = "What it reported.")
    public HeartbeatView heartbeat(Principal principal, @Parameter(example = "1") @PathVariable long id) {
        Service service = find(principal, id);
        Heartbeat heartbeat = heartbeats.find(List.of(id)).getOrDefault(id, Heartbeat.silent(id));
        return HeartbeatView.of(heartbeat, Rhythm.of(service.definition()), ticker.epochMillis());
    }

    @GetMapping("/address")
    @Requires(Access.EDITOR)
    @Operation(
            summary = "Read where a service reports",
            description =
                    "The address holds a token that is all a report needs. It is made when it is first asked for.")
    @ApiResponse(responseCode = "200", description = "Where it reports.")
    public PingAddress address(Principal principal, @Parameter(example = "1") @PathVariable long id) {
        return addresses.of(find(principal, id).id());
    }

    @PostMapping("/address")
    @Requires(Access.EDITOR)
    @Operation(
            summary = "Have a service report elsewhere",
            description = "Makes a new address; the one before it is not known any more, at once.")
    @ApiResponse(responseCode = "200", description = "Where it reports from now on.")
    public PingAddress renew(Principal principal, @Parameter(example = "1") @PathVariable long id) {
        return addresses.renew(find(principal, id).id());
    }

    private Service find(Principal principal, long id) {
        Service service = services.find(principal.teamId(), id)
                .orElseThrow(() -> ProblemException.notFound("there is no service %d in this team".formatted(id)));
        if (service.definition().heartbeat() == null) {
            throw ProblemException.notFound("service %d does not report by itself; it is checked".formatted(id));
        }
        return service;
    }
}
