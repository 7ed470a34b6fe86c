package io.healthchecker.api.audit;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.list.Cursor;
import io.healthchecker.api.list.CursorParameter;
import io.healthchecker.api.list.ListView;
import io.healthchecker.api.list.Window;
import io.healthchecker.core.team.AuditEntry;
import io.healthchecker.core.team.AuditTable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.databind.json.JsonMapper;

/** The audit log of a team. */
@RestController
@Tag(name = "audit", description = "Who changed what.")
public class AuditController {
    private static final int CHUNK = 500;
    private static final MediaType NDJSON = MediaType.parseMediaType("application/x-ndjson");

    private final AuditTable table;
    private final JsonMapper mapper;

    AuditController(AuditTable table, JsonMapper mapper) {
        this.table = table;
        this.mapper = mapper;
    }

    @GetMapping(path = "/api/v1/audit", produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Access.ADMIN)
    @Operation(summary = "Read the audit log", description = "Who changed what in the team, newest first.")
    @ApiResponse(responseCode = "200", description = "A window of the log.")
    public ListView<AuditView> list(
            Principal principal,
            @Parameter(description = "Part of who did it.", example = "ada@example.com")
                    @RequestParam(required = false)
                    @Nullable
                    String actor,
            @Parameter(description = "A kind, or kind and id.", example = "service:12")
                    @RequestParam(required = false)
                    @Nullable
                    String object,
            @Parameter(description = "create, update, delete …", example = "update")
                    @RequestParam(required = false)
                    @Nullable
                    String action,
            @Parameter(description = "From then on.", example = "2026-01-01T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable
                    Instant from,
            @Parameter(description = "Before then.", example = "2026-02-01T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable
                    Instant to,
            @Parameter(description = "How many at most, 1 to 500. Default: 50.", example = "100")
                    @RequestParam(required = false)
                    @Nullable
                    Integer limit,
            @CursorParameter @RequestParam(required = false) @Nullable String cursor) {
        Window window = Window.of(limit, cursor, null);
        long before = window.cursor() == null ? Long.MAX_VALUE : window.cursor().number(0);
        var query = new AuditTable.Query(actor, object, action, from, to);
        List<AuditEntry> found = table.before(principal.teamId(), before, query, window.limit());
        String next = found.size() < window.limit()
                ? null
                : Cursor.of(found.getLast().id()).text();
        return ListView.window(found.stream().map(AuditView::of).toList(), next);
    }

    @GetMapping("/api/v1/audit/export")
    @Requires(Access.ADMIN)
    @Operation(
            summary = "Export the audit log",
            description = "All that the filter lets through, newest first, one JSON object a line.")
    @ApiResponse(responseCode = "200", description = "The log as NDJSON.")
    public ResponseEntity<StreamingResponseBody> export(
            Principal principal,
            @Parameter(description = "Part of who did it.", example = "ada@example.com")
                    @RequestParam(required = false)
                    @Nullable
                    String actor,
            @Parameter(description = "A kind, or kind and id.", example = "service:12")
                    @RequestParam(required = false)
                    @Nullable
                    String object,
            @Parameter(description = "create, update, delete …", example = "update")
                    @RequestParam(required = false)
                    @Nullable
                    String action,
            @Parameter(description = "From then on.", example = "2026-01-01T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable
                    Instant from,
            @Parameter(description = "Before then.", example = "2026-02-01T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable
                    Instant to) {
        var query = new AuditTable.Query(actor, object, action, from, to);
        return ResponseEntity.ok()
                .contentType(NDJSON)
                .header("Content-Disposition", "attachment; filename=\"audit.ndjson\"")
                .body(out -> {
                    long before = Long.MAX_VALUE;
                    List<AuditEntry> chunk;
                    do {
                        chunk = table.before(principal.teamId(), before, query, CHUNK);
                        for (AuditEntry entry : chunk) {
                            String line = mapper.writeValueAsString(AuditView.of(entry)) + "\n";
                            out.write(line.getBytes(StandardCharsets.UTF_8));
                            before = entry.id();
                        }
                    } while (chunk.size() == CHUNK);
                });
    }
}
