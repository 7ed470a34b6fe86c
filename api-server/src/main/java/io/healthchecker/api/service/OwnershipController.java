package io.healthchecker.api.service;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.core.service.Service;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Who owns a service: taking one over, and handing one on (docs/decisions/0013). */
@RestController
@RequestMapping("/api/v1/services/{id}")
@Tag(name = "services", description = "What is watched: create, read, change, remove, find.")
public class OwnershipController {
    private static final MediaType YAML = new MediaType("application", "yaml", StandardCharsets.UTF_8);

    private final Bodies bodies;
    private final Services services;
    private final ServiceReader reader;

    OwnershipController(Bodies bodies, Services services, ServiceReader reader) {
        this.bodies = bodies;
        this.services = services;
        this.reader = reader;
    }

    @PostMapping(path = "/adopt", produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Access.EDITOR)
    @Operation(
            summary = "Take a service over",
            description =
                    "Moves a service from its file or custom resource to this API; id, state and history stay. The document or resource that made it does nothing from then on; remove it. A merge patch may change the definition at once: a header whose value is in a Secret needs a value of its own here.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = ServiceSchema.class),
                                            examples = {
                                                @ExampleObject(name = "as it is", value = "{}"),
                                                @ExampleObject(name = "renamed", value = "{\"name\": \"checkout\"}")
                                            })))
    @ApiResponse(responseCode = "200", description = "The service as it is now; it stays as it was if it was yours.")
    @ApiResponse(responseCode = "409", description = "Its name is taken by another service.")
    public ResponseEntity<ServiceView> adopt(
            Principal principal,
            @Parameter(example = "1") @PathVariable long id,
            @Parameter(description = "ETag of the version that is to be taken over.", example = "\"1\"")
                    @RequestHeader(name = "If-Match", required = false)
                    @Nullable
                    String ifMatch,
            @RequestBody(required = false) @Nullable ObjectNode patch) {
        ObjectNode changes = patch == null ? JsonNodeFactory.instance.objectNode() : patch;
        services.adopt(principal, id, Precondition.of("If-Match", ifMatch), stored -> bodies.ofPatch(changes, stored));
        ServiceView view = reader.find(principal.teamId(), id);
        return ResponseEntity.ok().eTag(Precondition.etag(view.version())).body(view);
    }

    @GetMapping(path = "/manifest", produces = "application/yaml")
    @Requires(Access.VIEWER)
    @Operation(
            summary = "Export a service as a custom resource",
            description =
                    "A HealthCheckService to be applied by kubectl or kept in Git. Where the service is not one already, applying it in a namespace of the team moves it there with its history. Values of headers that may be secrets are not in it: it names a Secret for them.")
    @ApiResponse(
            responseCode = "200",
            description = "The resource as YAML.",
            content = @Content(mediaType = "application/yaml", schema = @Schema(type = "string")))
    public ResponseEntity<String> manifest(Principal principal, @Parameter(example = "1") @PathVariable long id) {
        Service service = services.find(principal, id);
        return ResponseEntity.ok()
                .contentType(YAML)
                .eTag(Precondition.etag(service.version()))
                .body(Manifest.of(service));
    }
}
