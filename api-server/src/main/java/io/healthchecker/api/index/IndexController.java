package io.healthchecker.api.index;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.find.Facets;
import io.healthchecker.api.find.ServiceFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The whole list of services in one answer, and how many there are of each. */
@RestController
@RequestMapping(path = "/api/v1/services", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "services")
public class IndexController {
    private final ServiceIndex index;
    private final Facets facets;

    IndexController(ServiceIndex index, Facets facets) {
        this.index = index;
        this.facets = facets;
    }

    @GetMapping("/index")
    @Requires(value = Access.VIEWER, wall = true)
    @Operation(
            summary = "Read all services by columns",
            description =
                    "For programs that filter and sort by themselves: every service of the team, or those that a "
                            + "filter lets through (as in the list), one array for each property; 100 000 services at most. "
                            + "Go on with the feed from `asOf`. With the `ETag` of the last answer in `If-None-Match` nothing is sent while nothing changes.")
    @Parameter(
            name = "q",
            description = "Any filter of the list of services may be given.",
            example = "pay",
            schema = @Schema(type = "string"))
    @ApiResponse(
            responseCode = "200",
            description = "The services, by id.",
            content = @Content(schema = @Schema(implementation = IndexView.class)))
    public ResponseEntity<byte[]> index(
            Principal principal,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, required = false) @Nullable
                    String encodings)
            throws IOException {
        boolean whole = parameters.isEmpty() || (parameters.size() == 1 && parameters.containsKey("team"));
        Packed packed = whole
                ? index.whole(principal.teamId())
                : index.filtered(principal.teamId(), ServiceFilter.of(parameters));
        var answer = ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .eTag(packed.tag())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING, "Authorization", "X-Team");
        if (encodings != null && encodings.contains("gzip")) {
            return answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(packed.gzip());
        }
        return answer.body(new GZIPInputStream(new ByteArrayInputStream(packed.gzip())).readAllBytes());
    }

    @GetMapping("/facets")
    @Requires(Access.VIEWER)
    @Operation(
            summary = "Count services",
            description =
                    "How many services there are of each state, source, probe, namespace, location and label. "
                            + "Every facet counts under the filters of the others, so that it says what choosing it would show.")
    @Parameter(
            name = "q",
            description = "Any filter of the list of services may be given.",
            example = "pay",
            schema = @Schema(type = "string"))
    @ApiResponse(responseCode = "200", description = "The counts.")
    public FacetsView facets(
            Principal principal, @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
        return FacetsView.of(facets.of(principal.teamId(), parameters));
    }
}
