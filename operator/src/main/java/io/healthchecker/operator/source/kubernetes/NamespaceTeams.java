package io.healthchecker.operator.source.kubernetes;

import io.healthchecker.core.service.ResourceName;
import io.healthchecker.core.team.FirstTeamTable;
import io.healthchecker.core.team.NamespaceTeamTable;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The team of each namespace (docs/decisions/0011). For any thread. */
final class NamespaceTeams {
    private final String clusterId;
    private final @Nullable String setting;
    private final ClusterView cluster;
    private final NamespaceTeamTable namespaces;
    private final FirstTeamTable teams;
    private final TransactionTemplate transaction;
    private final Map<String, Integer> known;

    /**
     * Reads what is stored.
     *
     * @param setting name or id of the team that owns every namespace; null if each has its own
     */
    NamespaceTeams(
            String clusterId,
            @Nullable String setting,
            ClusterView cluster,
            JdbcClient jdbc,
            PlatformTransactionManager transactions) {
        this.clusterId = clusterId;
        this.setting = setting;
        this.cluster = cluster;
        this.namespaces = new NamespaceTeamTable(jdbc);
        this.teams = new FirstTeamTable(jdbc);
        this.transaction = new TransactionTemplate(transactions);
        this.known = new ConcurrentHashMap<>(namespaces.all(clusterId));
    }

    /** A namespace belongs to no team; the message says what to do. */
    static final class NoTeam extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoTeam(String message) {
            super(message);
        }
    }

    /**
     * Id of the team of a namespace, which is made at first use.
     *
     * @throws NoTeam if the one that was named does not exist
     */
    int of(String namespace) {
        Integer team = known.get(namespace);
        return team == null ? assign(namespace) : team;
    }

    /**
     * Looks again which teams namespaces were given to.
     *
     * @return those that belong to another team now
     */
    Set<String> refresh(Collection<String> used) {
        Set<String> changed = new HashSet<>();
        for (String namespace : new HashSet<>(used)) {
            Integer before = known.get(namespace);
            try {
                if (assign(namespace) != Objects.requireNonNullElse(before, 0)) {
                    changed.add(namespace);
                }
            } catch (NoTeam e) {
                known.remove(namespace);
                changed.add(namespace);
            }
        }
        return changed;
    }

    private int assign(String namespace) {
        Optional<String> named = setting == null ? cluster.team(namespace) : Optional.of(setting);
        int team = Objects.requireNonNull(transaction.execute(status -> {
            namespaces.lock();
            Integer stored = namespaces.all(clusterId).get(namespace);
            int wanted = named.isPresent() ? named(namespace, named.get()) : stored == null ? made(namespace) : stored;
            if (stored == null || stored != wanted) {
                namespaces.assign(clusterId, namespace, wanted);
            }
            return wanted;
        }));
        known.put(namespace, team);
        return team;
    }

    private int named(String namespace, String team) {
        if (!team.matches("[0-9]{1,9}")) {
            return teams.ofFiles(team);
        }
        String where = setting == null
                ? "%s of Namespace %s".formatted(LiveCluster.TEAM, namespace)
                : "hc.operator.kubernetes.team";
        return teams.find(Integer.parseInt(team))
                .orElseThrow(() -> new NoTeam(
                        "%s is %s; no team has that id: set the id or the name of one".formatted(where, team)));
    }

    private int made(String namespace) {
        return teams.ofNamespace(
                clusterId.equals(ResourceName.DEFAULT_CLUSTER) ? namespace : clusterId + "/" + namespace);
    }
}
