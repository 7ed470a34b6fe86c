package io.healthchecker.api.service;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.service.ResourceName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** From a custom resource to its service, so that whoever has the one finds the other. */
@RestController
@Tag(name = "services")
public class ResourceController {
    private final ServiceListTable services;

    ResourceController(ServiceListTable services) {
        this.services = services;
    }

    /** The service of a custom resource. */
    @Schema(description = "The service of a custom resource.")
    public record ResourceView(@Schema(example = "1") long serviceId) {}

    @GetMapping(path = "/api/v1/kubernetes/{cluster}/{namespace}/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Access.VIEWER)
    @Operation(
            summary = "Find the service of a custom resource",
            description = "By cluster, namespace and name; a cluster that needs no name is `default`.")
    @ApiResponse(responseCode = "200", description = "The service.")
    public ResourceView find(
            Principal principal,
            @Parameter(example = "default") @PathVariable String cluster,
            @Parameter(example = "shop") @PathVariable String namespace,
            @Parameter(example = "cart-api") @PathVariable String name) {
        String owner = new ResourceName(cluster, namespace, name).owner();
        return services.ofResource(principal.teamId(), owner)
                .map(ResourceView::new)
                .orElseThrow(() -> ProblemException.notFound("there is no service of this resource in this team"));
    }
}
