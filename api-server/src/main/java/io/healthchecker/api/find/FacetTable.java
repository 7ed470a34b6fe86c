package io.healthchecker.api.find;

import io.healthchecker.api.find.FacetCounts.Facet;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.verdict.State;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Tables {@code service} and {@code service_state} counted by facets: of teams that have too many to be kept. */
final class FacetTable {
    private static final String FROM = """
             FROM service AS s JOIN service_state AS st ON st.service_id = s.id %s
            WHERE s.team_id = :teamId AND s.deleted_at IS NULL AND %s
            """;

    private final JdbcClient jdbc;

    FacetTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    FacetCounts count(int teamId, MultiValueMap<String, String> parameters, long nowMillis) {
        Map<Facet, Map<String, Long>> words = new EnumMap<>(Facet.class);
        for (Facet facet : Facet.values()) {
            var others = new LinkedMultiValueMap<>(parameters);
            others.remove(facet.parameter());
            words.put(facet, counts(teamId, ServiceFilter.of(others), facet, nowMillis));
        }
        ServiceFilter whole = ServiceFilter.of(parameters);
        long total = jdbc.sql(
                        "SELECT count(*)" + FROM.formatted("", whole.condition().sql()))
                .params(values(teamId, whole, nowMillis))
                .query(Long.class)
                .single();
        return new FacetCounts(total, words);
    }

    private Map<String, Long> counts(int teamId, ServiceFilter filter, Facet facet, long nowMillis) {
        Map<String, Long> counts = new TreeMap<>();
        String sql = "SELECT %s AS word, count(*) AS count".formatted(expression(facet))
                + FROM.formatted(join(facet), filter.condition().sql())
                + " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT " + FacetCounts.MOST_WORDS;
        jdbc.sql(sql).params(values(teamId, filter, nowMillis)).query(row -> {
            String word = row.getString("word");
            counts.put(word == null ? "" : word(facet, word), row.getLong("count"));
        });
        return counts;
    }

    private static String expression(Facet facet) {
        return switch (facet) {
            case STATE -> "st.state::text";
            case SOURCE -> "s.source::text";
            case PROBE -> ServiceSql.PROBE;
            case NAMESPACE -> ServiceSql.NAMESPACE;
            case LOCATION -> "location.name";
            case LABEL -> "label.key || ':' || label.value";
        };
    }

    private static String join(Facet facet) {
        return switch (facet) {
            case STATE, SOURCE, PROBE, NAMESPACE -> "";
            case LOCATION -> """
                    JOIN location_verdict AS verdict ON verdict.service_id = s.id
                    JOIN location ON location.id = verdict.location_id""";
            case LABEL -> "CROSS JOIN LATERAL jsonb_each_text(s.definition -> 'labels') AS label";
        };
    }

    private static String word(Facet facet, String stored) {
        return switch (facet) {
            case STATE -> State.of(Integer.parseInt(stored)).word();
            case SOURCE -> Source.of(Integer.parseInt(stored)).word();
            case PROBE, NAMESPACE, LOCATION, LABEL -> stored;
        };
    }

    private static Map<String, Object> values(int teamId, ServiceFilter filter, long nowMillis) {
        Map<String, Object> values = new HashMap<>(filter.condition().values());
        values.put("teamId", teamId);
        values.put("now", nowMillis);
        return values;
    }
}
