package io.healthchecker.operator.source.kubernetes;

import io.healthchecker.core.service.KubernetesOrigin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which stored services may be removed since their resources are missing. A mistake here removes what people rely on, so
 * whatever is not certain is kept, and said.
 *
 * @param candidates missing, and few enough to be believed; still to be asked for one by one
 * @param kept how many are missing and stay
 * @param problem why they stay; null if none does
 */
record SweepPlan(
        List<KubernetesOrigin> candidates,
        int kept,
        @Nullable String problem) {
    /** So many may always be missing: a share of a handful says nothing. */
    static final int FEW = 10;

    private static final int SHOWN = 5;

    /**
     * What is looked at.
     *
     * @param watches whether resources of a namespace are seen at all
     * @param synced whether all resources of a namespace are in the informer's copy
     * @param gone whether the API server says that a namespace does not exist; asked once, and for few. Where the right
     *     to read it was its own, it is gone along with it
     */
    record Scope(Predicate<String> watches, Predicate<String> synced, Predicate<String> gone) {}

    /**
     * Plans a sweep.
     *
     * @param stored what is stored, read before {@code present}
     * @param present uids of the resources that exist, by the informer's copy
     * @param maxPercent at most this share of what is watched may be missing at once, unless its namespace is gone too
     */
    static SweepPlan of(Collection<KubernetesOrigin> stored, Set<String> present, Scope scope, int maxPercent) {
        Map<String, List<KubernetesOrigin>> missing = new HashMap<>();
        Map<String, Boolean> answers = new HashMap<>();
        Predicate<String> gone = namespace -> answers.computeIfAbsent(namespace, scope.gone::test);
        Set<String> unwatched = new TreeSet<>();
        Set<String> unsynced = new TreeSet<>();
        int kept = 0;
        int watched = 0;
        for (KubernetesOrigin origin : stored) {
            String namespace = origin.name().namespace();
            if (!scope.watches.test(namespace)) {
                unwatched.add(namespace);
                kept++;
            } else if (!scope.synced.test(namespace) && !gone.test(namespace)) {
                unsynced.add(namespace);
            } else {
                watched++;
                if (!present.contains(origin.uid())) {
                    missing.computeIfAbsent(namespace, _ -> new ArrayList<>()).add(origin);
                }
            }
        }
        List<String> problems = new ArrayList<>();
        if (!unwatched.isEmpty()) {
            problems.add(
                    ("%d services are kept although nobody watches their namespaces any more (%s): watch them again, "
                                    + "or delete their resources while they are watched")
                            .formatted(kept, shown(unwatched)));
        }
        if (!unsynced.isEmpty()) {
            problems.add("resources cannot be read in %s: grant the operator list and watch there"
                    .formatted(shown(unsynced)));
        }
        List<KubernetesOrigin> candidates = new ArrayList<>();
        List<KubernetesOrigin> doubtful = new ArrayList<>();
        boolean many = count(missing) > FEW && count(missing) * 100L > (long) maxPercent * watched;
        missing.forEach(
                (namespace, origins) -> (many && !gone.test(namespace) ? doubtful : candidates).addAll(origins));
        if (doubtful.size() > FEW && doubtful.size() * 100L > (long) maxPercent * watched) {
            kept += doubtful.size();
            problems.add(
                    ("%d of %d resources are missing at once, more than %d %%, so no service is removed: if that is "
                                    + "right, raise hc.operator.kubernetes.sweep-max-percent")
                            .formatted(doubtful.size(), watched, maxPercent));
        } else {
            candidates.addAll(doubtful);
        }
        return new SweepPlan(List.copyOf(candidates), kept, problems.isEmpty() ? null : String.join("; ", problems));
    }

    private static int count(Map<String, List<KubernetesOrigin>> missing) {
        return missing.values().stream().mapToInt(List::size).sum();
    }

    private static String shown(Set<String> namespaces) {
        List<String> first = namespaces.stream().limit(SHOWN).toList();
        int others = namespaces.size() - first.size();
        return String.join(", ", first) + (others > 0 ? " and %d more".formatted(others) : "");
    }
}
