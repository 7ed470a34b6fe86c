package io.healthchecker.api.service;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.service.Service;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Many services at once. */
@RestController
@Tag(name = "services")
public class BulkController {
    private final Bulk bulk;
    private final Services services;
    private final Bodies bodies;

    BulkController(Bulk bulk, Services services, Bodies bodies) {
        this.bulk = bulk;
        this.services = services;
        this.bodies = bodies;
    }

    /** What is to become of which services. */
    @Schema(description = "What is to become of which services: a patch, or their removal.")
    public record BulkBody(
            @Schema(
                    description = "As in the address of the list.",
                    example = "label=tier:1&state=Down",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String filter,

            @Schema(
                    description = "How many services you believe that it finds; otherwise nothing happens.",
                    example = "3",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            Integer expectedCount,

            @Schema(description = "A merge patch (RFC 7396) for each.", implementation = Object.class, nullable = true)
            @Nullable
            ObjectNode patch,

            @Schema(description = "Whether to remove them instead.", example = "false", nullable = true) @Nullable
            Boolean remove) {}

    /** What came of it. */
    @Schema(description = "What came of it.")
    public record BulkView(
            @Schema(example = "3") int matched,

            @Schema(description = "Ids of those that were changed.", example = "[1, 2]")
            List<Long> changed,

            @Schema(description = "Those that belong to another source, which has to change them.")
            List<LeftView> leftOut,

            @Schema(description = "Those that could not be changed.")
            List<LeftView> failed) {}

    /** A service that was not changed. */
    @Schema(description = "A service that was not changed, and its owner or what stood in the way.")
    public record LeftView(
            @Schema(example = "3") long id,
            @Schema(example = "cart-api") String name,
            @Schema(example = "default/shop/cart-api") String why) {
        static LeftView of(Bulk.Left left) {
            return new LeftView(left.id(), left.name(), left.why());
        }
    }

    @PostMapping(
            path = "/api/v1/services:bulk",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Access.EDITOR)
    @Operation(
            summary = "Change many services",
            description = "At most 1000, one after the other. Services of other sources are left out and named.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = BulkBody.class),
                                            examples = @ExampleObject(name = "suspend", value = """
                                                                    {"filter": "label=tier:1", "expectedCount": 3, \
                                                                    "patch": {"suspend": true}}"""))))
    @ApiResponse(responseCode = "200", description = "What came of it.")
    @ApiResponse(responseCode = "409", description = "Other services match by now; nothing was changed.")
    public BulkView change(Principal principal, @RequestBody BulkBody body) {
        if (body.filter() == null || body.expectedCount() == null) {
            String missing = body.filter() == null ? "filter" : "expectedCount";
            throw ProblemException.invalid(missing, missing + " is missing; it is required");
        }
        var outcome = bulk.apply(principal, body.filter(), body.expectedCount(), action(principal, body));
        return new BulkView(
                outcome.matched(),
                outcome.changed(),
                outcome.leftOut().stream().map(LeftView::of).toList(),
                outcome.failed().stream().map(LeftView::of).toList());
    }

    private Consumer<Service> action(Principal principal, BulkBody body) {
        ObjectNode patch = body.patch();
        boolean remove = Boolean.TRUE.equals(body.remove());
        if ((patch != null) == remove) {
            throw ProblemException.invalid("patch", "patch or remove must be set, one of them");
        }
        return patch == null
                ? service -> services.remove(principal, service.id(), null)
                : service -> services.change(
                        principal, service.id(), null, stored -> bodies.ofPatch(patch.deepCopy(), stored));
    }
}
