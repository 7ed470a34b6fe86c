package io.healthchecker.api.auth;

import io.healthchecker.core.team.AuditEntry;
import io.healthchecker.core.team.AuditTable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Writes down who changed what. Within a transaction it becomes true with it; what it is given has no secrets any more. */
public final class AuditLog {
    private final AuditTable table;
    private final JsonMapper mapper;

    AuditLog(JdbcClient jdbc, JsonMapper mapper) {
        this.table = new AuditTable(jdbc);
        this.mapper = mapper;
    }

    /**
     * One change.
     *
     * @param kind of the object, such as service
     * @param before as it was shown before; null where there was nothing
     * @param after as it is shown now; null where nothing is left
     */
    public void record(
            Principal principal,
            String action,
            String kind,
            long id,
            String name,
            @Nullable Object before,
            @Nullable Object after) {
        table.insert(
                principal.teamId(),
                new AuditEntry(
                        0,
                        principal.actor(),
                        action,
                        kind + ":" + id,
                        name,
                        json(before),
                        json(after),
                        MDC.get("requestId"),
                        Instant.EPOCH));
    }

    private @Nullable String json(@Nullable Object shown) {
        return shown == null ? null : mapper.writeValueAsString(shown);
    }
}
