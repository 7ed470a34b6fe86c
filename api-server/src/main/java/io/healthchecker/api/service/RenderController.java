package io.healthchecker.api.service;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.problem.BodyLimit;
import io.healthchecker.api.problem.FieldError;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.service.DefinitionFile;
import io.healthchecker.core.service.DefinitionReader;
import io.healthchecker.core.service.NamedDefinition;
import io.healthchecker.crds.Definition;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Forms as YAML, and YAML as forms: nothing is stored. */
@RestController
@Tag(name = "services", description = "What is watched: create, read, change, remove, find.")
public class RenderController {
    private static final String YAML = "application/yaml";
    private static final String EXAMPLE = """
            apiVersion: healthchecker.io/v1alpha1
            kind: HealthCheckService
            metadata:
              name: my-api
            spec:
              http:
                url: https://api.example.com/health
            """;

    private final Bodies bodies;

    RenderController(Bodies bodies) {
        this.bodies = bodies;
    }

    /** A service as it is sent to be registered. */
    @Schema(description = "A service as POST /api/v1/services takes it.")
    public record FormView(
            @Schema(example = "my-api") String name,
            @JsonUnwrapped Definition definition) {}

    @PostMapping(path = "/api/v1/services:render", consumes = MediaType.APPLICATION_JSON_VALUE, produces = YAML)
    @Requires(Access.VIEWER)
    @Operation(
            summary = "Show a form as a custom resource",
            description =
                    "The body is that of a service and need not be finished: what is missing or out of bounds in it is not judged, only what cannot be read is refused. Values of headers that may be secrets are not in the answer: it names a Secret for them.")
    @TakesService
    @ApiResponse(
            responseCode = "200",
            description = "The resource as YAML, in UTF-8.",
            content = @Content(mediaType = YAML, schema = @Schema(type = "string")))
    public byte[] render(Principal principal, @RequestBody ObjectNode body) {
        Bodies.Draft draft = bodies.ofDraft(body);
        return Manifest.of(draft.name(), draft.definition()).getBytes(StandardCharsets.UTF_8);
    }

    @PostMapping(path = "/api/v1/services:parse", consumes = YAML, produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Access.VIEWER)
    @Operation(
            summary = "Read a custom resource as a form",
            description =
                    "One HealthCheckService, read as strictly as a file of definitions, but for what only an API server writes: the output of kubectl get -o yaml will do. Comments, namespace and annotations are not kept; labels of the resource become labels of the service.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = YAML,
                                            schema = @Schema(type = "string"),
                                            examples = @ExampleObject(name = "resource", value = EXAMPLE))))
    @ApiResponse(responseCode = "200", description = "The service that it defines.")
    @ApiResponse(responseCode = "422", description = "What is wrong with it, each with its line and column.")
    public FormView parse(Principal principal, @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        DefinitionFile read = DefinitionReader.readExported("yaml", BodyLimit.read(request.getInputStream()));
        if (!read.errors().isEmpty()) {
            throw ProblemException.invalid(read.errors().stream()
                    .map(error -> new FieldError(
                            error.field(),
                            "line %d, column %d: %s".formatted(error.line(), error.column(), error.message())))
                    .toList());
        }
        if (read.definitions().size() != 1) {
            throw ProblemException.invalid(
                    "",
                    "there are %d services; a form has one"
                            .formatted(read.definitions().size()));
        }
        NamedDefinition only = read.definitions().getFirst();
        return new FormView(only.name(), only.definition());
    }
}
