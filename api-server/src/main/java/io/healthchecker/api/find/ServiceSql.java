package io.healthchecker.api.find;

/** What can be asked of a service, in terms of service s, its state st and the instant {@code :now}. */
public final class ServiceSql {
    /** Periods without a result after which a service is late. */
    public static final int LATE_PERIODS = 2;

    private static final int FLAPPING_TRANSITIONS = 4;

    private static final String LATE_SINCE =
            ":now - %d * 1000 * coalesce((s.definition ->> 'periodSeconds')::bigint, 60)".formatted(LATE_PERIODS);

    /** Whether there is no result for two periods. Only the newest partitions are looked at. */
    static final String LATE = """
            st.state <> 5
            AND coalesce((SELECT r.slot FROM check_result AS r
                           WHERE r.service_id = s.id AND r.slot >= %1$s
                           ORDER BY r.slot DESC LIMIT 1),
                         (extract(epoch FROM s.created_at) * 1000)::bigint) < %1$s""".formatted(LATE_SINCE);

    /** Whether somebody has the open incident in hand. */
    static final String ACKNOWLEDGED = """
            EXISTS (SELECT FROM incident AS i
                     WHERE i.id = st.incident_id AND i.service_id = s.id AND i.acknowledged_at IS NOT NULL
                       AND (i.acknowledged_until IS NULL OR i.acknowledged_until > statement_timestamp()))""";

    /** Whether a location has failures that are still below the threshold. */
    static final String FAILING = """
            EXISTS (SELECT FROM location_verdict AS v
                     WHERE v.service_id = s.id AND v.streak > 0 AND v.leaning = 3)""";

    /** Whether there were many transitions within an hour. */
    static final String FLAPPING = """
            EXISTS (SELECT FROM transition AS t
                     WHERE t.service_id = s.id AND t.seq = st.transition_seq - %d
                       AND t.at > to_timestamp(:now / 1000.0) - interval '1 hour')""".formatted(FLAPPING_TRANSITIONS - 1);

    /** The namespace of a service's custom resource, empty for other sources. */
    static final String NAMESPACE = "CASE WHEN s.source = 3 THEN split_part(s.owner, '/', 2) ELSE '' END";

    /** The kind of its probe, one of {@link Words#PROBES}. */
    static final String PROBE = """
            (SELECT k FROM unnest(ARRAY['%s']) AS k WHERE jsonb_exists(s.definition, k) LIMIT 1)""".formatted(String.join("', '", Words.PROBES));

    /** Address, host or name that is probed; empty for those that send pings themselves. */
    static final String TARGET = """
            coalesce(s.definition #>> '{http,url}', s.definition #>> '{tcp,host}', s.definition #>> '{websocket,url}',
                     s.definition #>> '{tls,host}', s.definition #>> '{icmp,host}', s.definition #>> '{grpc,host}',
                     s.definition #>> '{dns,name}', '')""";

    /** Where words are looked for; {@link ServiceRow#text} is the same. */
    static final String TEXT = """
            lower(concat_ws(chr(10), s.name, %s, %s,
                            (SELECT string_agg(l.value, chr(10)) FROM jsonb_each_text(s.definition -> 'labels') AS l)))""".formatted(NAMESPACE, TARGET);

    private ServiceSql() {}
}
