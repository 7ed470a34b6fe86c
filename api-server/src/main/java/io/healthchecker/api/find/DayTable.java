package io.healthchecker.api.find;

import io.healthchecker.api.find.ServiceRow.Day;
import io.healthchecker.core.history.HourSum;
import io.healthchecker.core.history.Uptime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code service_hour}: what services were in the last 24 hours. */
public final class DayTable {
    // the percentile is of the last whole hour, or of the running one where that has none
    static final String COLUMNS = """
            service_id, sum(up_ms)::bigint AS up_ms, sum(down_ms)::bigint AS down_ms,
            sum(unknown_ms)::bigint AS unknown_ms,
            coalesce(max(p95_us) FILTER (WHERE hour = :hour - 1), max(p95_us) FILTER (WHERE hour = :hour)) AS p95_us
            """;

    private final JdbcClient jdbc;

    public DayTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The days of those services of which something is known. */
    public Map<Long, Day> of(List<Long> ids, long nowMillis) {
        Map<Long, Day> days = new HashMap<>();
        jdbc.sql("SELECT " + COLUMNS + """
                          FROM service_hour
                         WHERE hour > :hour - 24 AND service_id = ANY(:ids)
                         GROUP BY service_id
                        """)
                .param("hour", HourSum.hourOf(nowMillis))
                .param("ids", ids.toArray(Long[]::new))
                .query(row -> {
                    days.put(row.getLong("service_id"), read(row));
                });
        return days;
    }

    static Day read(ResultSet row) throws SQLException {
        var uptime = new Uptime(row.getLong("up_ms"), row.getLong("down_ms"), row.getLong("unknown_ms"), 0);
        if (uptime.millis() == 0) {
            return Day.NONE;
        }
        int p95 = row.getInt("p95_us");
        return new Day(
                row.wasNull() ? null : Math.round(p95 / 100.0) / 10.0,
                uptime.known() ? uptime.upMillionths() / 1e4 : null,
                uptime.coverageMillionths() / 1e4);
    }
}
