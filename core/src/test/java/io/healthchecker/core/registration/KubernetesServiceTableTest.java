package io.healthchecker.core.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.secret.ServiceSecretTable;
import io.healthchecker.core.service.KubernetesClusterTable;
import io.healthchecker.core.service.KubernetesOrigin;
import io.healthchecker.core.service.KubernetesServiceTable;
import io.healthchecker.core.service.ResourceName;
import io.healthchecker.core.service.Term;
import io.healthchecker.core.team.FirstTeamTable;
import io.healthchecker.core.team.NamespaceTeamTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KubernetesServiceTableTest {
    private static final ResourceName NAME = new ResourceName("default", "shop", "checkout");

    private final Stored stored = new Stored();
    private final KubernetesClusterTable clusters = new KubernetesClusterTable(stored.jdbc);
    private final KubernetesServiceTable table = new KubernetesServiceTable(stored.jdbc);
    private final Term term = clusters.begin("default", "operator-1");
    private final long service = stored.create("shop/checkout").id();

    @Test
    void aGenerationNeverGoesBack() {
        assertThat(table.put(term, origin("u1", 5), false)).isTrue();
        assertThat(table.put(term, origin("u1", 5), false)).as("again").isTrue();
        assertThat(table.put(term, origin("u1", 4), false)).as("older").isFalse();
        assertThat(table.put(term, origin("u1", 6), false)).as("newer").isTrue();

        assertThat(table.of(service)).isEqualTo(origin("u1", 6));
        assertThat(table.living("default")).containsExactly(origin("u1", 6));
    }

    @Test
    void aZombieWritesNothing() {
        table.put(term, origin("u1", 5), false);
        Term next = clusters.begin("default", "operator-2");

        assertThat(next.epoch()).isGreaterThan(term.epoch());
        assertThat(clusters.holds(term)).isFalse();
        assertThat(clusters.holds(next)).isTrue();
        assertThat(table.put(term, origin("u1", 6), true)).isFalse();
        assertThat(table.put(term, origin("u2", 1), true)).isFalse();
        assertThat(table.remove(term, "u1")).isEmpty();
        assertThat(clusters.swept(term, "nonsense")).isFalse();
        assertThat(table.living("default")).containsExactly(origin("u1", 5));
        assertThat(clusters.all().getFirst().sweepProblem()).isNull();
    }

    @Test
    void whatWasRemovedComesBackOnlyIfItExists() {
        table.put(term, origin("u1", 5), false);

        assertThat(table.remove(term, "u1")).contains(origin("u1", 5));
        assertThat(table.remove(term, "u1")).as("again").isEmpty();
        assertThat(table.living("default")).isEmpty();
        assertThat(table.lock("default", "u1").orElseThrow().removed()).isTrue();
        assertThat(table.put(term, origin("u1", 6), false)).isFalse();
        assertThat(table.put(term, origin("u1", 6), true)).isTrue();
        assertThat(table.of(service)).isEqualTo(origin("u1", 6));
    }

    @Test
    void clustersDoNotSeeEachOther() {
        Term west = clusters.begin("west", "operator-9");
        long other = stored.create("west/shop/checkout").id();
        var there = new KubernetesOrigin(other, new ResourceName("west", "shop", "checkout"), "u1", 1, "h");
        table.put(term, origin("u1", 5), false);

        assertThat(table.put(west, there, false)).isTrue();
        assertThat(table.living("west")).containsExactly(there);
        assertThat(table.remove(west, "u1")).contains(there);
        assertThat(table.living("default")).containsExactly(origin("u1", 5));
        assertThat(clusters.all()).extracting("clusterId").containsExactly("default", "west");
    }

    @Test
    void namesTellClustersApart() {
        assertThat(NAME.owner()).isEqualTo("default/shop/checkout");
        assertThat(NAME.serviceName()).isEqualTo("shop/checkout");
        assertThat(new ResourceName("west", "shop", "checkout").serviceName()).isEqualTo("west/shop/checkout");
    }

    @Test
    void aNamespaceBelongsToOneTeam() {
        var teams = new NamespaceTeamTable(stored.jdbc);
        int made = stored.transaction.execute(status -> new FirstTeamTable(stored.jdbc).ofNamespace("a"));

        assertThat(made).as("a new one, though there is one of that name").isNotEqualTo(stored.team);
        teams.assign("default", "shop", stored.team);
        teams.assign("default", "shop", made);
        assertThat(teams.all("default")).containsExactly(Map.entry("shop", made));
        assertThat(teams.all("west")).isEmpty();
    }

    @Test
    void secretsAreReplacedAsAWhole() {
        var secrets = new ServiceSecretTable(stored.jdbc);
        secrets.replace(service, Map.of("a/b", new byte[] {1}, "a/c", new byte[] {2}));
        secrets.replace(service, Map.of("a/c", new byte[] {3}));

        assertThat(secrets.of(List.of(service, 99L)).get(service))
                .hasSize(1)
                .hasEntrySatisfying("a/c", bytes -> assertThat(bytes).containsExactly(3));
        secrets.replace(service, Map.of());
        assertThat(secrets.of(List.of(service))).isEmpty();
    }

    private KubernetesOrigin origin(String uid, long generation) {
        return new KubernetesOrigin(service, NAME, uid, generation, "hash-" + generation);
    }
}
