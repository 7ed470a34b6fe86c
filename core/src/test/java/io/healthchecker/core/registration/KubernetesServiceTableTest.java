package io.healthchecker.core.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.secret.ServiceSecretTable;
import io.healthchecker.core.service.KubernetesClusterTable;
import io.healthchecker.core.service.KubernetesOrigin;
import io.healthchecker.core.service.KubernetesServiceTable;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.ResourceName;
import io.healthchecker.core.service.Source;
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
    private final long service = resource(NAME);

    @Test
    void aGenerationNeverGoesBack() {
        assertThat(table.put(term, origin("u1", 5), null, false)).isTrue();
        assertThat(table.put(term, origin("u1", 5), null, false)).as("again").isTrue();
        assertThat(table.put(term, origin("u1", 4), null, false)).as("older").isFalse();
        assertThat(table.put(term, origin("u1", 6), null, false)).as("newer").isTrue();

        assertThat(table.of(service)).isEqualTo(origin("u1", 6));
        assertThat(living("default")).containsExactly(origin("u1", 6));
    }

    @Test
    void aZombieWritesNothing() {
        table.put(term, origin("u1", 5), null, false);
        Term next = clusters.begin("default", "operator-2");

        assertThat(next.epoch()).isGreaterThan(term.epoch());
        assertThat(clusters.holds(term)).isFalse();
        assertThat(clusters.holds(next)).isTrue();
        assertThat(table.put(term, origin("u1", 6), null, true)).isFalse();
        assertThat(table.put(term, origin("u2", 1), null, true)).isFalse();
        assertThat(table.remove(term, "u1")).isEmpty();
        assertThat(clusters.swept(term, 1, "nonsense")).isFalse();
        assertThat(living("default")).containsExactly(origin("u1", 5));
        assertThat(clusters.all().getFirst().sweepProblem()).isNull();
    }

    @Test
    void howTheLastSweepEndedIsRemembered() {
        assertThat(clusters.sweepProblem("default")).isEmpty();
        assertThat(clusters.swept(term, 12, "12 services are kept")).isTrue();
        assertThat(clusters.sweepProblem("default")).contains("12 services are kept");
        assertThat(clusters.all().getFirst().sweepKept()).isEqualTo(12);
        assertThat(clusters.swept(term, 0, null)).isTrue();
        assertThat(clusters.sweepProblem("default")).isEmpty();
    }

    @Test
    void whatWasRemovedComesBackOnlyIfItExists() {
        table.put(term, origin("u1", 5), null, false);

        assertThat(table.remove(term, "u1")).contains(origin("u1", 5));
        assertThat(table.remove(term, "u1")).as("again").isEmpty();
        assertThat(living("default")).isEmpty();
        assertThat(table.lock("default", "u1").orElseThrow().removed()).isTrue();
        assertThat(table.lock("default", "u1").orElseThrow().adopt()).isNull();
        assertThat(table.put(term, origin("u1", 6), null, false)).isFalse();
        assertThat(table.put(term, origin("u1", 6), null, true)).isTrue();
        assertThat(table.of(service)).isEqualTo(origin("u1", 6));
    }

    @Test
    void clustersDoNotSeeEachOther() {
        Term west = clusters.begin("west", "operator-9");
        long other = resource(new ResourceName("west", "shop", "checkout"));
        var there = new KubernetesOrigin(other, new ResourceName("west", "shop", "checkout"), "u1", 1, "h");
        table.put(term, origin("u1", 5), null, false);

        assertThat(table.put(west, there, null, false)).isTrue();
        assertThat(living("west")).containsExactly(there);
        assertThat(table.remove(west, "u1")).contains(there);
        assertThat(living("default")).containsExactly(origin("u1", 5));
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

    @Test
    void whatSomebodyElseAdoptedIsNotOurs() {
        table.put(term, origin("u1", 5), null, false);
        var adopted = new NewService(
                stored.team,
                "mine",
                Source.REST,
                null,
                stored.wanted("mine", 60, false).definition());
        stored.registration.change(service, adopted, null);

        assertThat(living("default")).isEmpty();
        assertThat(table.named(NAME)).as("but remembered").contains(origin("u1", 5));
    }

    @Test
    void aClusterIsToldFromAnotherThatTookItsId() {
        assertThat(clusters.identify("default", "uid of kube-system")).isTrue();
        assertThat(clusters.identify("default", "uid of kube-system")).isTrue();
        assertThat(clusters.identify("default", "another")).isFalse();
    }

    private long resource(ResourceName name) {
        var wanted = stored.wanted(name.serviceName(), 60, false);
        return stored.registration
                .create(new NewService(
                        stored.team, name.serviceName(), Source.KUBERNETES, name.owner(), wanted.definition()))
                .id();
    }

    private List<KubernetesOrigin> living(String clusterId) {
        return table.living(clusterId).stream()
                .map(KubernetesServiceTable.Living::origin)
                .toList();
    }

    private KubernetesOrigin origin(String uid, long generation) {
        return new KubernetesOrigin(service, NAME, uid, generation, "hash-" + generation);
    }
}
