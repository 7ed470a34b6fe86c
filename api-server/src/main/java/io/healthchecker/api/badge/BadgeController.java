package io.healthchecker.api.badge;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.badge.Badges.Found;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.time.Ticker;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Badges, for everybody. What is not on a published page is answered as what does not exist. */
@Hidden
@Controller
public class BadgeController {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final String ENCODINGS = HttpHeaders.ACCEPT_ENCODING;

    private final Badges badges;
    private final Ticker ticker;

    BadgeController(Badges badges, Ticker ticker) {
        this.badges = badges;
        this.ticker = ticker;
    }

    @GetMapping("/badge/{name}/{component}/{kind:state|uptime|latency|certificate}.{ending:svg|json|shields}")
    @Requires(Access.OPEN)
    ResponseEntity<byte[]> own(
            @PathVariable String name,
            @PathVariable String component,
            @PathVariable String kind,
            @PathVariable String ending,
            @RequestParam Map<String, String> parameters,
            @RequestHeader(name = ENCODINGS, required = false) @Nullable String encodings) {
        return answer(
                badges.ofPage(name, component),
                kind,
                parameters.getOrDefault("range", ""),
                ending,
                parameters,
                encodings);
    }

    /** As Uptime Kuma has them; the number is that of the service. */
    @GetMapping({"/api/badge/{id}/{kind}", "/api/badge/{id}/{kind}/{range}"})
    @Requires(Access.OPEN)
    ResponseEntity<byte[]> kuma(
            @PathVariable String id,
            @PathVariable String kind,
            @PathVariable(required = false) @Nullable String range,
            @RequestParam Map<String, String> parameters,
            @RequestHeader(name = ENCODINGS, required = false) @Nullable String encodings) {
        String own = switch (kind) {
            case "status" -> "state";
            case "uptime" -> "uptime";
            case "cert-exp" -> "certificate";
            case "ping", "avg-response", "response" -> "latency";
            default -> throw unknown();
        };
        Optional<Found> component = id.matches("[0-9]{1,18}") ? badges.ofService(Long.parseLong(id)) : Optional.empty();
        return answer(component, own, range == null ? "24h" : range, "svg", parameters, encodings);
    }

    /** As Gatus has them. */
    @GetMapping({"/api/v1/endpoints/{key}/health/badge.{ending}", "/api/v1/endpoints/{key}/{kind}/{range}/badge.svg"})
    @Requires(Access.OPEN)
    ResponseEntity<byte[]> gatus(
            @PathVariable String key,
            @PathVariable(required = false) @Nullable String kind,
            @PathVariable(required = false) @Nullable String range,
            @PathVariable(required = false) @Nullable String ending,
            @RequestParam Map<String, String> parameters,
            @RequestHeader(name = ENCODINGS, required = false) @Nullable String encodings) {
        String own = switch (kind) {
            case null -> "state";
            case "uptimes" -> "uptime";
            case "response-times" -> "latency";
            default -> throw unknown();
        };
        if (ending != null && !ending.equals("svg") && !ending.equals("shields")) {
            throw unknown();
        }
        Optional<Found> component = badges.ofEndpoint(key);
        if (component.isPresent() && range != null && !range.matches("1h|24h|7d|30d")) {
            throw ProblemException.badParameter("duration", "duration must be 1h, 24h, 7d or 30d");
        }
        return answer(
                component, own, range == null ? "24h" : range, ending == null ? "svg" : ending, parameters, encodings);
    }

    private ResponseEntity<byte[]> answer(
            Optional<Found> component,
            String kind,
            String range,
            String ending,
            Map<String, String> parameters,
            @Nullable String encodings) {
        Found found = component.orElseThrow(BadgeController::unknown);
        Badge badge = BadgeKind.of(kind)
                .orElseThrow()
                .of(
                        found.component(),
                        Badges.span(range),
                        Badges.look(parameters),
                        Instant.ofEpochMilli(ticker.epochMillis()));
        return found.page().answer(Badges.render(badge, ending), FRESH, encodings);
    }

    private static ProblemException unknown() {
        return ProblemException.notFound("there is no such badge").withHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
