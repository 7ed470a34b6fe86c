package io.healthchecker.api.auth;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tickets for the live feed. */
@RestController
@Tag(name = "Live updates")
public class TicketController {
    private final Tickets tickets;

    TicketController(Tickets tickets) {
        this.tickets = tickets;
    }

    /** A ticket for one WebSocket. */
    @Schema(description = "Opens one WebSocket: send it as the subprotocol ticket.<ticket> beside hc.v1.")
    public record TicketView(
            @Schema(example = "b3BlbiBzZXNhbWUgcGxlYXNl") String ticket,

            @Schema(description = "Seconds until it expires.", example = "30")
            long expiresIn) {}

    @PostMapping("/api/v1/ws-tickets")
    @ResponseStatus(HttpStatus.CREATED)
    @Requires(value = Access.VIEWER, wall = true)
    @Operation(
            summary = "Get a ticket for a WebSocket",
            description = "For browsers, which cannot send an Authorization header with a WebSocket. "
                    + "The connection ends when the token ends that the ticket was got with.")
    @ApiResponse(responseCode = "201", description = "A ticket that works once, within half a minute.")
    public TicketView issue(Principal principal, HttpServletRequest request) {
        var holder = new Tickets.Holder(
                principal.accountId(), principal.teamId(), Gate.expiresAtMillis(request), Gate.limits(request));
        return new TicketView(tickets.issue(holder).reveal(), Tickets.LIFETIME.toSeconds());
    }
}
