package io.healthchecker.operator.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.service.KubernetesOrigin;
import io.healthchecker.core.service.ResourceName;
import io.healthchecker.operator.source.kubernetes.SweepPlan.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepPlanTest {
    private static final Scope EVERYTHING = new Scope(_ -> true, _ -> true, _ -> false);

    private final List<KubernetesOrigin> stored = new ArrayList<>();

    @ParameterizedTest(name = "{1} of {0} missing, at most {2} %: {3}")
    @CsvSource(delimiter = '|', textBlock = """
           1 |    1 |  30 | removed
          10 |   10 |  30 | removed
          11 |   11 |  30 | kept
          12 |   11 | 100 | removed
         100 |   30 |  30 | removed
         100 |   31 |  30 | kept
         100 |   10 |   0 | removed
         100 |   11 |   0 | kept
        1000 |  300 |  30 | removed
        1000 | 1000 |  30 | kept
        1000 | 1000 | 100 | removed
        """)
    void manyAtOnceAreNotBelieved(int all, int missing, int maxPercent, String expected) {
        store("shop", all);
        Set<String> present = uids(stored.subList(missing, all));

        SweepPlan plan = SweepPlan.of(stored, present, EVERYTHING, maxPercent);

        boolean removed = expected.equals("removed");
        assertThat(plan.candidates()).hasSize(removed ? missing : 0);
        assertThat(plan.kept()).isEqualTo(removed ? 0 : missing);
        if (removed) {
            assertThat(plan.problem()).isNull();
        } else {
            assertThat(plan.problem())
                    .isEqualTo(
                            "%d of %d resources are missing at once, more than %d %%, so no service is removed: if that is right, raise hc.operator.kubernetes.sweep-max-percent"
                                    .formatted(missing, all, maxPercent));
        }
    }

    @Test
    void whatIsPresentIsNeverACandidate() {
        store("shop", 5);
        assertThat(SweepPlan.of(stored, uids(stored), EVERYTHING, 100).candidates())
                .isEmpty();
    }

    @Test
    void aNarrowedScopeRemovesNothingAndSaysSo() {
        store("shop", 3);
        store("bank", 4);
        Scope shopOnly = new Scope("shop"::equals, _ -> true, _ -> true);

        SweepPlan plan = SweepPlan.of(stored, uids(stored.subList(0, 3)), shopOnly, 100);

        assertThat(plan.candidates()).isEmpty();
        assertThat(plan.kept()).isEqualTo(4);
        assertThat(plan.problem())
                .isEqualTo(
                        "4 services are kept although nobody watches their namespaces any more (bank): watch them again, or delete their resources while they are watched");
    }

    @Test
    void aNamespaceThatCannotBeReadRemovesNothingAndSaysSo() {
        store("shop", 3);
        store("bank", 4);
        Scope shopOnly = new Scope(_ -> true, "shop"::equals, _ -> false);

        SweepPlan plan = SweepPlan.of(stored, Set.of(), shopOnly, 100);

        assertThat(plan.candidates())
                .extracting(origin -> origin.name().namespace())
                .containsOnly("shop");
        assertThat(plan.problem())
                .isEqualTo("resources cannot be read in bank: grant the operator list and watch there");
    }

    @Test
    void aNamespaceThatIsGoneTakesItsServicesAlong() {
        store("shop", 20);
        store("bank", 20);
        Scope bankIsGone = new Scope(_ -> true, _ -> true, "bank"::equals);

        SweepPlan plan = SweepPlan.of(stored, uids(stored.subList(0, 20)), bankIsGone, 30);

        assertThat(plan.candidates())
                .hasSize(20)
                .extracting(origin -> origin.name().namespace())
                .containsOnly("bank");
        assertThat(plan.problem()).isNull();
    }

    @Test
    void aNamespaceThatIsGoneNeedNotBeReadable() {
        store("shop", 20);
        store("bank", 20);
        Scope bankIsGone = new Scope(_ -> true, "shop"::equals, "bank"::equals);

        SweepPlan plan = SweepPlan.of(stored, uids(stored.subList(0, 20)), bankIsGone, 30);

        assertThat(plan.candidates())
                .hasSize(20)
                .extracting(origin -> origin.name().namespace())
                .containsOnly("bank");
        assertThat(plan.problem()).isNull();
    }

    @Test
    void anEmptyClusterOfWhichAllNamespacesAreThereRemovesNothing() {
        store("shop", 20);
        store("bank", 20);

        SweepPlan plan = SweepPlan.of(stored, Set.of(), EVERYTHING, 30);

        assertThat(plan.candidates()).isEmpty();
        assertThat(plan.kept()).isEqualTo(40);
    }

    private void store(String namespace, int count) {
        for (int i = 0; i < count; i++) {
            int id = stored.size() + 1;
            stored.add(new KubernetesOrigin(
                    id, new ResourceName("default", namespace, "hcs-" + i), "uid-" + id, 1, "hash"));
        }
    }

    private static Set<String> uids(List<KubernetesOrigin> origins) {
        return origins.stream().map(KubernetesOrigin::uid).collect(Collectors.toSet());
    }
}
