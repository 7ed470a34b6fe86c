package io.healthchecker.api.service;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.find.ServiceFilter;
import io.healthchecker.api.list.CursorParameter;
import io.healthchecker.api.list.ListView;
import io.healthchecker.api.list.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Services of a team. */
@RestController
@RequestMapping(path = "/api/v1/services", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "services", description = "What is watched: create, read, change, remove, find.")
public class ServiceController {
    private final Bodies bodies;
    private final Creation creation;
    private final Services services;
    private final ServiceReader reader;
    private final JsonMapper mapper;

    ServiceController(Bodies bodies, Creation creation, Services services, ServiceReader reader, JsonMapper mapper) {
        this.bodies = bodies;
        this.creation = creation;
        this.services = services;
        this.reader = reader;
        this.mapper = mapper;
    }

    @GetMapping
    @Requires(value = Access.VIEWER, wall = true)
    @Operation(summary = "List services", description = """
                    The services of the team that a filter lets through. In every filter a comma means or, a parameter that \
                    comes again means and, a leading minus means not: `label=tier:1,tier:2,-env:dev`. What is not \
                    understood filters nothing and is told in `ignored`. Read on with `cursor=<nextCursor>`, or by `page`.""")
    @Parameter(
            name = "q",
            description = "Words that all occur in name, namespace, address or label values; `\"a phrase\"`, `-not`.",
            example = "pay \"card api\"",
            schema = @Schema(type = "string"))
    @Parameter(
            name = "state",
            description = "Up, Degraded, Down, Unknown, Suspended.",
            example = "Down,Degraded",
            schema = @Schema(type = "string"))
    @Parameter(
            name = "label",
            description = "A key, or key:value.",
            example = "tier:1",
            schema = @Schema(type = "string"))
    @Parameter(
            name = "probe",
            description = "http, tcp, tls, dns, icmp, grpc, websocket, heartbeat.",
            example = "http",
            schema = @Schema(type = "string"))
    @Parameter(
            name = "namespace",
            description = "The namespace of a custom resource.",
            example = "shop",
            schema = @Schema(type = "string"))
    @Parameter(
            name = "location",
            description = "A place from which the service has been checked.",
            example = "default",
            schema = @Schema(type = "string"))
    @Parameter(
            name = "source",
            description = "rest, file, kubernetes.",
            example = "rest",
            schema = @Schema(type = "string"))
    @Parameter(
            name = "has",
            description = "incident (open), late (no result for two periods), flapping (4 transitions in an hour), "
                    + "failing (below the threshold).",
            example = "incident",
            schema = @Schema(type = "string"))
    @Parameter(
            name = "sort",
            description =
                    "id, name, -name, since, -since, severity (Down first), and of the last 24 hours p95, -p95, uptime24h, -uptime24h: "
                            + "those for a team of up to 100,000 services. Default: id.",
            example = "severity",
            schema = @Schema(type = "string"))
    @ApiResponse(responseCode = "200", description = "A window of the list.")
    public ListView<ServiceView> list(
            Principal principal,
            @Parameter(description = "How many at most, 1 to 500. Default: 50.", example = "50")
                    @RequestParam(required = false)
                    @Nullable
                    Integer limit,
            @CursorParameter @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "Number of the page from 1, instead of a cursor.", example = "1")
                    @RequestParam(required = false)
                    @Nullable
                    Integer page,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
        return reader.list(principal.teamId(), ServiceFilter.of(parameters), Window.of(limit, cursor, page));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Access.EDITOR)
    @Operation(
            summary = "Register a service",
            description =
                    "The first check runs at once. `url` is short for `http.url`, `check_interval` for `periodSeconds`. With an `Idempotency-Key` a repeated request gets the first answer again, for a day.")
    @TakesService
    @ApiResponse(
            responseCode = "201",
            description = "The new service.",
            content = @Content(schema = @Schema(implementation = ServiceView.class)))
    public ResponseEntity<String> create(
            Principal principal,
            @Parameter(
                            description = "Chosen by the caller, once for each service that is to be made.",
                            example = "8e03978e-40d5-43dd-bc93-6894a57f9324")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable
                    String key,
            @RequestBody ObjectNode body) {
        var answered = creation.create(
                principal,
                key,
                bodies.ofNew(body),
                service -> mapper.writeValueAsString(reader.find(principal.teamId(), service.id())));
        var response = ResponseEntity.created(URI.create("/api/v1/services/" + answered.serviceId()))
                .contentType(MediaType.APPLICATION_JSON);
        if (answered.replayed()) {
            response.header("Idempotency-Replayed", "true");
        } else {
            response.eTag(Precondition.etag(1));
        }
        return response.body(answered.answer());
    }

    @GetMapping("/{id}")
    @Requires(Access.VIEWER)
    @Operation(
            summary = "Read a service",
            description =
                    "What was said of it, what it is, and why. Values of headers that may be secrets are shown as `***`.")
    @ApiResponse(responseCode = "200", description = "The service; its version is the ETag.")
    public ServiceView read(
            Principal principal, @Parameter(example = "1") @PathVariable long id, HttpServletResponse response) {
        ServiceView view = reader.find(principal.teamId(), id);
        // no entity with an ETag: that would be answered by 304 while its state changes and its version does not
        response.setHeader(HttpHeaders.ETAG, Precondition.etag(view.version()));
        return view;
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Access.EDITOR)
    @Operation(
            summary = "Replace a service",
            description =
                    "What the body does not say gets its default. An answer that was read, changed and sent back will do; a header value `***` stands for the stored one.")
    @TakesService
    @ApiResponse(responseCode = "200", description = "The service as it is now.")
    public ResponseEntity<ServiceView> replace(
            Principal principal,
            @Parameter(example = "1") @PathVariable long id,
            @Parameter(description = "ETag of the version that the change is based on.", example = "\"1\"")
                    @RequestHeader(name = "If-Match", required = false)
                    @Nullable
                    String ifMatch,
            @RequestBody ObjectNode body) {
        services.change(principal, id, Precondition.of("If-Match", ifMatch), stored -> bodies.ofWhole(body, stored));
        return answer(reader.find(principal.teamId(), id));
    }

    @PatchMapping(
            path = "/{id}",
            consumes = {"application/merge-patch+json", MediaType.APPLICATION_JSON_VALUE})
    @Requires(Access.EDITOR)
    @Operation(
            summary = "Change a service",
            description =
                    "A merge patch (RFC 7396): what it does not name stays, null takes a field away. `{\"suspend\": true}` suspends.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = ServiceSchema.class),
                                            examples =
                                                    @ExampleObject(name = "suspend", value = "{\"suspend\": true}"))))
    @ApiResponse(responseCode = "200", description = "The service as it is now.")
    public ResponseEntity<ServiceView> change(
            Principal principal,
            @Parameter(example = "1") @PathVariable long id,
            @Parameter(description = "ETag of the version that the change is based on.", example = "\"1\"")
                    @RequestHeader(name = "If-Match", required = false)
                    @Nullable
                    String ifMatch,
            @RequestBody ObjectNode patch) {
        services.change(principal, id, Precondition.of("If-Match", ifMatch), stored -> bodies.ofPatch(patch, stored));
        return answer(reader.find(principal.teamId(), id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Access.EDITOR)
    @Operation(summary = "Remove a service", description = "Checks stop at once. Its open incident is closed.")
    @ApiResponse(responseCode = "204", description = "Removed.")
    public void remove(
            Principal principal,
            @Parameter(example = "1") @PathVariable long id,
            @Parameter(description = "ETag of the version that is to be removed.", example = "\"1\"")
                    @RequestHeader(name = "If-Match", required = false)
                    @Nullable
                    String ifMatch) {
        services.remove(principal, id, Precondition.of("If-Match", ifMatch));
    }

    private static ResponseEntity<ServiceView> answer(ServiceView view) {
        return ResponseEntity.ok().eTag(Precondition.etag(view.version())).body(view);
    }
}
