package io.healthchecker.api.service;

import io.healthchecker.api.find.ServiceFilter;
import io.healthchecker.api.find.ServiceOrder;
import io.healthchecker.api.list.Cursor;
import io.healthchecker.api.list.Window;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.verdict.ServiceState;
import io.healthchecker.core.verdict.ServiceStateTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables {@code service} and {@code service_state} side by side: the living services of one team. */
final class ServiceListTable {
    private static final String FROM = """
             FROM service AS s JOIN service_state AS st ON st.service_id = s.id
            WHERE s.team_id = :teamId AND s.deleted_at IS NULL AND %s
            """;

    private final JdbcClient jdbc;

    ServiceListTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A service and its state. */
    record Row(Service service, ServiceState state) {}

    /** Rows of a list, and where it goes on. */
    record Rows(List<Row> rows, @Nullable Cursor next) {}

    private record Placed(Row row, List<String> keys) {}

    Optional<Row> find(int teamId, long id) {
        return jdbc.sql("SELECT s.*, st.*" + FROM.formatted("s.id = :id"))
                .param("teamId", teamId)
                .param("id", id)
                .query(ServiceListTable::read)
                .optional();
    }

    /** Those of some ids that live, in the order of these ids. */
    List<Row> find(int teamId, List<Long> ids) {
        Map<Long, Row> found = new HashMap<>();
        jdbc.sql("SELECT s.*, st.*" + FROM.formatted("s.id = ANY(:ids)"))
                .param("teamId", teamId)
                .param("ids", ids.toArray(Long[]::new))
                .query(ServiceListTable::read)
                .list()
                .forEach(row -> found.put(row.service().id(), row));
        return ids.stream().filter(found::containsKey).map(found::get).toList();
    }

    /** The service of a custom resource, by its owner's name. */
    Optional<Long> ofResource(int teamId, String owner) {
        return jdbc.sql("""
                        SELECT id FROM service
                         WHERE team_id = :teamId AND source = :source AND owner = :owner AND deleted_at IS NULL
                        """)
                .param("teamId", teamId)
                .param("source", Source.KUBERNETES.code())
                .param("owner", owner)
                .query(Long.class)
                .optional();
    }

    /** Those that a filter lets through, at one instant. */
    Rows list(int teamId, ServiceFilter filter, Window window, long nowMillis) {
        ServiceOrder order = filter.order();
        Map<String, Object> parameters = parameters(teamId, filter, nowMillis);
        String behind = "true";
        if (window.cursor() != null) {
            behind = order.behind();
            parameters.putAll(order.place(window.cursor()));
        }
        parameters.put("limit", window.limit() + 1);
        parameters.put("offset", window.offset());
        String sql = "SELECT s.*, st.*, " + order.columns()
                + FROM.formatted(filter.condition().sql() + " AND " + behind)
                + " ORDER BY " + order.orderBy() + " LIMIT :limit OFFSET :offset";
        List<Placed> found = jdbc.sql(sql)
                .params(parameters)
                .query((row, number) -> new Placed(read(row, number), keys(row, order.size())))
                .list();
        boolean more = found.size() > window.limit();
        List<Placed> shown = more ? found.subList(0, window.limit()) : found;
        return new Rows(
                shown.stream().map(Placed::row).toList(),
                more ? order.cursor(shown.getLast().keys()) : null);
    }

    /** How many a filter lets through. */
    long count(int teamId, ServiceFilter filter, long nowMillis) {
        return jdbc.sql("SELECT count(*)" + FROM.formatted(filter.condition().sql()))
                .params(parameters(teamId, filter, nowMillis))
                .query(Long.class)
                .single();
    }

    private static Map<String, Object> parameters(int teamId, ServiceFilter filter, long nowMillis) {
        Map<String, Object> parameters = new HashMap<>(filter.condition().values());
        parameters.put("teamId", teamId);
        parameters.put("now", nowMillis);
        return parameters;
    }

    private static List<String> keys(ResultSet row, int count) throws SQLException {
        List<String> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            keys.add(row.getString("k" + i));
        }
        return keys;
    }

    private static Row read(ResultSet row, int number) throws SQLException {
        return new Row(ServiceTable.read(row, number), ServiceStateTable.read(row, number));
    }
}
