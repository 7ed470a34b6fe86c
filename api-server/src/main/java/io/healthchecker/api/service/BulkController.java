package io.healthchecker.api.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.service.Service;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Many services at once. */
@RestController
@Tag(name = "services")
public class BulkController {
    private final Bulk bulk;
    private final BulkJobs jobs;
    private final Services services;
    private final Bodies bodies;

    BulkController(Bulk bulk, BulkJobs jobs, Services services, Bodies bodies) {
        this.bulk = bulk;
        this.jobs = jobs;
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

    /** How far a job has come. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "How far a job has come that changes many services.")
    public record BulkJobView(
            @Schema(example = "7") long id,

            @Schema(description = "running, done, or stopped: whoever did it is gone.", example = "running")
            String state,

            @Schema(example = "4200") int matched,

            @Schema(description = "How many of them were looked at so far.", example = "1350")
            int done,

            @Schema(description = "Ids of those that were changed.", example = "[1, 2]")
            List<Long> changed,

            @Schema(description = "Those that belong to another source, which has to change them.")
            List<LeftView> leftOut,

            @Schema(description = "Those that could not be changed.")
            List<LeftView> failed,

            Instant startedAt,
            @Schema(nullable = true) @Nullable Instant endedAt) {
        static BulkJobView of(BulkJobTable.Row row) {
            String state = row.endedAt() != null ? "done" : row.abandoned() ? "stopped" : "running";
            return new BulkJobView(
                    row.id(),
                    state,
                    row.matched(),
                    row.done(),
                    row.changed(),
                    row.leftOut().stream().map(LeftView::of).toList(),
                    row.failed().stream().map(LeftView::of).toList(),
                    row.startedAt(),
                    row.endedAt());
        }
    }

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
            description =
                    "One after the other; more than 1000 in the background, as a job that tells how far it has come. At most 25000. Services of other sources are left out and named.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = BulkBody.class),
                                            examples = @ExampleObject(name = "suspend", value = """
                                                                    {"filter": "label=tier:1", "expectedCount": 3, \
                                                                    "patch": {"suspend": true}}"""))))
    @ApiResponse(
            responseCode = "200",
            description = "What came of it.",
            content = @Content(schema = @Schema(implementation = BulkView.class)))
    @ApiResponse(
            responseCode = "202",
            description = "They are more than 1000: a job has begun.",
            content = @Content(schema = @Schema(implementation = BulkJobView.class)))
    @ApiResponse(responseCode = "409", description = "Other services match by now; nothing was changed.")
    public ResponseEntity<Object> change(Principal principal, @RequestBody BulkBody body) {
        if (body.filter() == null || body.expectedCount() == null) {
            String missing = body.filter() == null ? "filter" : "expectedCount";
            throw ProblemException.invalid(missing, missing + " is missing; it is required");
        }
        Consumer<Service> action = action(principal, body);
        List<Service> found = bulk.find(principal, body.filter(), body.expectedCount());
        if (found.size() > Bulk.MOST_AT_ONCE) {
            BulkJobTable.Row job = jobs.start(principal.teamId(), found, action);
            return ResponseEntity.accepted()
                    .location(URI.create("/api/v1/bulk-jobs/" + job.id()))
                    .body(BulkJobView.of(job));
        }
        var outcome = bulk.apply(found, action);
        return ResponseEntity.ok(new BulkView(
                outcome.matched(),
                outcome.changed(),
                outcome.leftOut().stream().map(LeftView::of).toList(),
                outcome.failed().stream().map(LeftView::of).toList()));
    }

    @GetMapping(path = "/api/v1/bulk-jobs/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Access.VIEWER)
    @Operation(
            summary = "See how far a job has come",
            description = "A job that changes more services than one request may. It is known for a week.")
    @ApiResponse(responseCode = "200", description = "How far it has come.")
    public BulkJobView job(Principal principal, @Parameter(example = "1") @PathVariable long id) {
        return BulkJobView.of(jobs.find(principal.teamId(), id));
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
