package io.healthchecker.api.service;

import io.healthchecker.core.service.Source;
import io.healthchecker.core.verdict.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which services are asked for, in the words of the address: comma means or, a parameter that comes again means and, a
 * leading minus means not, so {@code label=tier:1,tier:2,-env:dev} is tier 1 or 2 and not env dev. What cannot be
 * understood filters nothing and is told.
 */
public final class ServiceFilter {
    // read by others, or the window
    private static final Set<String> ELSEWHERE = Set.of("team", "limit", "cursor", "page");
    private static final int MAX_TERMS = 50;
    private static final int FLAPPING_TRANSITIONS = 4;

    private static final String LATE_SINCE =
            ":now - %d * 1000 * coalesce((s.definition ->> 'periodSeconds')::bigint, 60)".formatted(Flags.LATE_PERIODS);

    /**
     * Whether there is no result for two periods, in terms of service s, its state st and the instant {@code :now}. Only
     * the newest partitions are looked at.
     */
    public static final String LATE = """
            st.state <> 5
            AND coalesce((SELECT r.slot FROM check_result AS r
                           WHERE r.service_id = s.id AND r.slot >= %1$s
                           ORDER BY r.slot DESC LIMIT 1),
                         (extract(epoch FROM s.created_at) * 1000)::bigint) < %1$s""".formatted(LATE_SINCE);

    /** Whether somebody has the open incident in hand, in terms of service s and its state st. */
    public static final String ACKNOWLEDGED = """
            EXISTS (SELECT FROM incident AS i
                     WHERE i.id = st.incident_id AND i.service_id = s.id AND i.acknowledged_at IS NOT NULL
                       AND (i.acknowledged_until IS NULL OR i.acknowledged_until > statement_timestamp()))""";

    /** The namespace of a service's custom resource, empty for other sources, in terms of service s. */
    public static final String NAMESPACE = "CASE WHEN s.source = 3 THEN split_part(s.owner, '/', 2) ELSE '' END";

    /** The kinds of probes, as fields of a definition. */
    public static final List<String> PROBES =
            List.of("http", "tcp", "tls", "dns", "icmp", "grpc", "websocket", "heartbeat");

    /** Whether there were many transitions within an hour, in the same terms. */
    public static final String FLAPPING = """
            EXISTS (SELECT FROM transition AS t
                     WHERE t.service_id = s.id AND t.seq = st.transition_seq - %d
                       AND t.at > to_timestamp(:now / 1000.0) - interval '1 hour')""".formatted(FLAPPING_TRANSITIONS - 1);

    private static final String TEXT = """
            lower(concat_ws(chr(10), s.name, s.definition #>> '{http,url}', s.definition #>> '{tcp,host}',
                            (SELECT string_agg(l.value, chr(10)) FROM jsonb_each_text(s.definition -> 'labels') AS l)))""";

    private final Condition condition = new Condition();
    private final List<String> ignored = new ArrayList<>();
    private ServiceOrder order = ServiceOrder.ID;
    private int terms;

    private ServiceFilter() {}

    /** The filter that the parameters of a request describe. */
    public static ServiceFilter of(Map<String, List<String>> parameters) {
        var filter = new ServiceFilter();
        parameters.forEach((name, values) -> values.forEach(value -> filter.read(name, value)));
        return filter;
    }

    /** What must hold of service s and its state st. */
    public Condition condition() {
        return condition;
    }

    ServiceOrder order() {
        return order;
    }

    /** What was not understood, and what would be. */
    List<String> ignored() {
        return ignored;
    }

    private void read(String name, String value) {
        switch (name) {
            case "q" -> words(value);
            case "state" -> choices(name, value, ServiceFilter::state, "Up, Degraded, Down, Unknown or Suspended");
            case "source" -> choices(name, value, ServiceFilter::source, "rest, file or kubernetes");
            case "probe" -> choices(name, value, ServiceFilter::probe, "one of " + String.join(", ", PROBES));
            case "has" -> choices(name, value, ServiceFilter::has, "incident, late or flapping");
            case "label" -> choices(name, value, this::label, "a key, or key:value");
            case "namespace" -> choices(name, value, this::namespace, "the namespace of a custom resource");
            case "location" -> ignore(name, value, "services have one location here yet");
            case "sort" ->
                ServiceOrder.of(value)
                        .ifPresentOrElse(
                                known -> order = known, () -> ignore(name, value, "it must be " + ServiceOrder.WORDS));
            default -> {
                if (!ELSEWHERE.contains(name)) {
                    ignore(name, value, "there is no such parameter here");
                }
            }
        }
    }

    private void choices(String name, String value, Function<String, Optional<String>> meaning, String known) {
        List<String> wanted = new ArrayList<>();
        List<String> unwanted = new ArrayList<>();
        for (String term : value.split(",")) {
            boolean not = term.startsWith("-");
            String word = not ? term.substring(1) : term;
            if (word.isBlank() || isOneTooMany(name, term)) {
                continue;
            }
            meaning.apply(word)
                    .ifPresentOrElse((not ? unwanted : wanted)::add, () -> ignore(name, term, "it must be " + known));
        }
        condition.and(wanted, unwanted);
    }

    private void words(String text) {
        for (Words.Word word : Words.of(text)) {
            if (!isOneTooMany("q", word.text())) {
                String found = "strpos(%s, lower(%s)) > 0".formatted(TEXT, condition.value(word.text()));
                condition.and(word.unwanted() ? "NOT (" + found + ")" : found);
            }
        }
    }

    private boolean isOneTooMany(String name, String term) {
        if (++terms > MAX_TERMS) {
            ignore(name, term, "there are more than %d terms".formatted(MAX_TERMS));
            return true;
        }
        return false;
    }

    private void ignore(String name, String value, String why) {
        String shown = value.length() > 80 ? value.substring(0, 80) + "…" : value;
        ignored.add("%s=%s: %s".formatted(name, shown, why));
    }

    private static Optional<String> state(String word) {
        return List.of(State.values()).stream()
                .filter(state -> state.word().equalsIgnoreCase(word))
                .map(state -> "st.state = " + state.code())
                .findFirst();
    }

    private static Optional<String> source(String word) {
        return List.of(Source.values()).stream()
                .filter(source -> source.word().equalsIgnoreCase(word))
                .map(source -> "s.source = " + source.code())
                .findFirst();
    }

    private static Optional<String> probe(String word) {
        String kind = word.toLowerCase(java.util.Locale.ROOT);
        return PROBES.contains(kind)
                ? Optional.of("jsonb_exists(s.definition, '%s')".formatted(kind))
                : Optional.empty();
    }

    private Optional<String> namespace(String word) {
        return Optional.of("%s = %s".formatted(NAMESPACE, condition.value(word)));
    }

    private static Optional<String> has(String word) {
        return switch (word) {
            case "incident" -> Optional.of("st.incident_id IS NOT NULL");
            case "late" -> Optional.of(LATE);
            case "flapping" -> Optional.of(FLAPPING);
            default -> Optional.empty();
        };
    }

    private Optional<String> label(String term) {
        int colon = term.indexOf(':');
        if (colon == 0) {
            return Optional.empty();
        }
        String key = condition.value(colon < 0 ? term : term.substring(0, colon));
        String label = "(s.definition -> 'labels' ->> %s)".formatted(key);
        return Optional.of(
                colon < 0
                        ? label + " IS NOT NULL"
                        : "%s IS NOT DISTINCT FROM %s".formatted(label, condition.value(term.substring(colon + 1))));
    }
}
