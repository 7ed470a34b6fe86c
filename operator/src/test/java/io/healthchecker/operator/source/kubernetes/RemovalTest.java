package io.healthchecker.operator.source.kubernetes;

import static io.healthchecker.operator.source.kubernetes.Resources.http;
import static io.healthchecker.operator.source.kubernetes.Resources.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.service.KubernetesClusterTable;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.operator.source.kubernetes.SweepPlan.Scope;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of the services of resources that are gone, or seem to be. */
class RemovalTest extends Registry {
    @Test
    void aDeletedResourceTakesItsServiceAlongAndItsHistoryStays() {
        long id = accepted(apply("shop", "checkout", "u1", 1, "http://shop/a"));

        assertThat(replica.registrar.gone("u1")).isTrue();
        assertThat(replica.registrar.gone("u1")).as("again").isFalse();
        assertThat(living()).isEmpty();
        assertThat(new ServiceTable(jdbc).names(List.of(id))).containsEntry(id, "shop/checkout");
    }

    @Test
    void aReplicaThatIsBehindDoesNotBringBackWhatIsGone() {
        accepted(apply("shop", "checkout", "u1", 1, "http://shop/a"));
        replica.registrar.gone("u1");

        cluster.exists = Existence.GONE;
        assertThat(replica.apply(resource("shop", "checkout", "u1", 2, http("http://shop/a"))))
                .isEmpty();
        cluster.exists = Existence.UNKNOWN;
        assertThat(replica.apply(resource("shop", "checkout", "u1", 2, http("http://shop/a"))))
                .isEmpty();
        assertThat(living()).isEmpty();

        cluster.exists = Existence.EXISTS; // it was removed by mistake
        accepted(replica.apply(resource("shop", "checkout", "u1", 2, http("http://shop/a"))));
        assertThat(living()).hasSize(1);
    }

    @Test
    void aResourceThatIsMadeAnewIsANewService() {
        long first = accepted(apply("shop", "checkout", "u1", 1, "http://shop/a"));

        long second = accepted(apply("shop", "checkout", "u2", 1, "http://shop/b"));
        assertThat(second).isNotEqualTo(first);
        assertThat(living()).containsExactly(second);
        assertThat(replica.registrar.gone("u1")).as("its late deletion").isFalse();
        assertThat(living()).containsExactly(second);
    }

    @Test
    void aSweepRemovesWhatTheApiServerDoesNotHave() {
        long kept = accepted(apply("shop", "a", "u1", 1, "http://shop/a"));
        accepted(apply("shop", "b", "u2", 1, "http://shop/b"));

        cluster.exists = Existence.EXISTS;
        assertThat(replica.sweep.once(() -> Set.of("u1"), EVERYTHING).removed())
                .as("the informer was behind")
                .isZero();
        cluster.exists = Existence.UNKNOWN;
        assertThat(replica.sweep.once(() -> Set.of("u1"), EVERYTHING).removed())
                .as("nobody knows")
                .isZero();
        cluster.exists = Existence.GONE;
        assertThat(replica.sweep.once(() -> Set.of("u1"), EVERYTHING).removed()).isOne();
        assertThat(living()).containsExactly(kept);

        cluster.exists = Existence.UNKNOWN; // we may not read in it, since the namespace is gone and the right with it
        cluster.goneNamespaces.add("shop");
        assertThat(replica.sweep.once(Set::of, EVERYTHING).removed()).isOne();
        assertThat(living()).isEmpty();
    }

    @Test
    void aNarrowedScopeRemovesNothingAndIsSeen() {
        accepted(apply("shop", "a", "u1", 1, "http://shop/a"));
        accepted(apply("bank", "b", "u2", 1, "http://bank/b"));
        cluster.exists = Existence.GONE; // as a mistaken API server would say

        var swept = replica.sweep.once(() -> Set.of("u1"), new Scope("shop"::equals, _ -> true, _ -> true));
        assertThat(swept.removed()).isZero();
        assertThat(swept.kept()).isOne();
        assertThat(living()).hasSize(2);
        assertThat(meters.get("hc.source.kubernetes.kept").gauge().value()).isOne();
        assertThat(new KubernetesClusterTable(jdbc).all().getFirst().sweepProblem())
                .contains("nobody watches their namespaces any more (bank)");
    }
}
