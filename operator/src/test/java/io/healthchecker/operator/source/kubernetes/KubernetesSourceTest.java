package io.healthchecker.operator.source.kubernetes;

import static io.healthchecker.operator.source.kubernetes.Resources.http;
import static io.healthchecker.operator.source.kubernetes.Resources.withToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.service.Service;
import io.healthchecker.crds.ServiceAnnotation;
import io.healthchecker.operator.lead.Lead;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Resources of a real API server. */
class KubernetesSourceTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    /**
     * A resource whose event was lost is found in five seconds at the earliest, by the second look of the rounds. It is
     * looked for so often in them: counted, since a machine that stands still stands still for the rounds as well.
     */
    private static final int LOOKS_BEFORE_THE_ROUNDS = 600;

    private final Cluster cluster = new Cluster(TestKubernetes.shared());

    @AfterEach
    void end() throws InterruptedException {
        cluster.close();
    }

    @Test
    void aResourceIsAServiceWithinASecondFromItsFirstToItsLastVersion() {
        leading(cluster.replica());
        cluster.apply("first", http("http://192.0.2.1/")); // classes are loaded, connections opened
        await().atMost(SOON).until(() -> cluster.service("first").isPresent());

        long applied = System.nanoTime();
        cluster.apply("checkout", http("http://192.0.2.1/a"));
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> cluster.service("checkout").isPresent());
        long patched = System.nanoTime();
        cluster.apply("checkout", http("http://192.0.2.1/b"));
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> cluster.url("checkout").equals("http://192.0.2.1/b"));
        long deleted = System.nanoTime();
        cluster.delete("checkout");
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> cluster.service("checkout").isEmpty());
        System.out.printf(
                "applied after %d ms, patched after %d ms, deleted after %d ms%n",
                (patched - applied) / 1_000_000,
                (deleted - patched) / 1_000_000,
                (System.nanoTime() - deleted) / 1_000_000);
        assertThat(cluster.service("first")).isPresent();
    }

    @Test
    void whatBecameOfAResourceStandsInItsStatus() {
        leading(cluster.replica());
        cluster.apply("good", http("http://192.0.2.1/"));
        cluster.apply("secretive", withToken("http://192.0.2.1/", "probe", "token"));

        await().atMost(SOON).until(() -> cluster.condition("good", "Ready").startsWith("True Scheduled"));
        assertThat(cluster.live("good").getStatus().serviceId())
                .isEqualTo(cluster.service("good").orElseThrow().id());
        await().atMost(SOON).until(() -> cluster.condition("secretive", "Ready").startsWith("False SecretNotFound"));
        assertThat(cluster.condition("secretive", "Ready")).contains("label it");
    }

    @Test
    void aSecretIsReadOnlyIfItIsLabelledAndFollowedWhenItChanges() {
        leading(cluster.replica());
        cluster.secret("probe", "token", "Bearer s3cr3t", false);
        cluster.apply("checkout", withToken("http://192.0.2.1/", "probe", "token"));
        await().atMost(SOON).until(() -> cluster.condition("checkout", "Ready").startsWith("False SecretNotFound"));

        cluster.secret("probe", "token", "Bearer s3cr3t", true);
        await().atMost(SOON).until(() -> cluster.service("checkout").isPresent());
        Service before = cluster.service("checkout").orElseThrow();
        cluster.secret("probe", "token", "Bearer rotated", true);
        await().atMost(SOON)
                .until(() -> cluster.service("checkout").orElseThrow().version() == before.version() + 1);
        await().atMost(SOON).until(() -> cluster.condition("checkout", "Ready").startsWith("True"));
        assertThat(cluster.live("checkout").toString()).doesNotContain("s3cr3t", "rotated");
    }

    @Test
    void whatWasDeletedWhileNobodyWatchedIsRemovedByTheNextLeader() throws InterruptedException {
        Lead first = cluster.replica();
        leading(first);
        cluster.apply("gone", http("http://192.0.2.1/"));
        cluster.apply("stays", http("http://192.0.2.1/"));
        await().atMost(SOON)
                .until(() -> cluster.service("gone").isPresent()
                        && cluster.service("stays").isPresent());
        first.close();

        cluster.delete("gone");
        assertThat(cluster.service("gone")).isPresent();
        leading(cluster.replica());
        await().atMost(SOON).until(() -> cluster.service("gone").isEmpty());
        assertThat(cluster.service("stays")).isPresent();
    }

    @Test
    void aResourceThatIsMadeAnewAtOnceIsANewService() {
        leading(cluster.replica());
        long slowest = 0;
        for (int i = 0; i < 20; i++) {
            String url = "http://192.0.2.1/" + i;
            cluster.delete("again");
            String uid = cluster.apply("again", http(url)).getMetadata().getUid();
            long applied = System.nanoTime();
            var looks = new AtomicInteger();
            await().atMost(SOON).pollInterval(Duration.ofMillis(5)).until(() -> {
                looks.incrementAndGet();
                return cluster.service("again")
                        .filter(service -> service.definition().http().url().equals(url))
                        .isPresent();
            });
            assertThat(looks).hasValueLessThan(LOOKS_BEFORE_THE_ROUNDS);
            slowest = Math.max(slowest, System.nanoTime() - applied);
            await().atMost(SOON)
                    .until(() -> cluster.jdbc
                            .sql("SELECT uid FROM kubernetes_service WHERE removed_at IS NULL")
                            .query(String.class)
                            .list()
                            .equals(List.of(uid)));
        }
        System.out.printf("made anew 20 times: after %d ms at the slowest%n", slowest / 1_000_000);
    }

    @Test
    void aNarrowedScopeRemovesNothingAndSaysSo() throws InterruptedException {
        Lead first = cluster.replica();
        leading(first);
        cluster.apply("kept", http("http://192.0.2.1/"));
        await().atMost(SOON).until(() -> cluster.service("kept").isPresent());
        first.close();

        Lead narrowed = cluster.replica(Set.of(cluster.kubernetes.freshNamespace()), false);
        leading(narrowed);
        String problem =
                "1 services are kept although nobody watches their namespaces any more (%s): watch them again, or delete their resources while they are watched"
                        .formatted(cluster.namespace);
        await().atMost(SOON).until(() -> cluster.eventsOfTheLease().contains("Warning SweepRefused: " + problem));
        assertThat(cluster.facts().sweepProblem()).isEqualTo(problem);
        assertThat(cluster.facts().sweepKept()).isOne();
        assertThat(cluster.service("kept")).isPresent();
        narrowed.close();

        leading(cluster.replica());
        await().atMost(SOON)
                .until(() -> cluster.eventsOfTheLease()
                        .contains("Normal SweepResumed: services are removed again when their resources are gone"));
        assertThat(cluster.facts().sweepProblem()).isNull();
        assertThat(cluster.facts().sweepKept()).isZero();
    }

    @Test
    void aCheckThatIsAskedForIsSentOnceAndSaysSo() {
        leading(cluster.replica());
        cluster.apply("checkout", http("http://192.0.2.1/"));
        await().atMost(SOON).until(() -> cluster.service("checkout").isPresent());

        cluster.apply("checkout", http("http://192.0.2.1/"), Map.of(ServiceAnnotation.CHECK_NOW, "now-1"));
        await().atMost(SOON)
                .until(() -> "now-1".equals(cluster.live("checkout").getStatus().lastHandledCheckNow()));
        assertThat(jobs()).isEqualTo(1);
        cluster.apply(
                "checkout",
                http("http://192.0.2.1/"),
                Map.of(ServiceAnnotation.CHECK_NOW, "now-1", ServiceAnnotation.RECONCILE, "again"));
        await().atMost(SOON)
                .until(() -> "again".equals(cluster.live("checkout").getStatus().lastHandledReconcile()));
        assertThat(jobs()).isEqualTo(1);
        assertThat(cluster.service("checkout").orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void aSecondReplicaTakesOverWhenTheFirstEnds() throws InterruptedException {
        Lead first = cluster.replica(Set.of(cluster.namespace), true);
        leading(first);
        Lead second = cluster.replica(Set.of(cluster.namespace), true);
        cluster.apply("before", http("http://192.0.2.1/"));
        await().atMost(SOON).until(() -> cluster.service("before").isPresent());
        assertThat(second.isOnDuty()).isFalse();

        first.close();
        leading(second);
        cluster.apply("after", http("http://192.0.2.1/"));
        await().atMost(SOON).until(() -> cluster.service("after").isPresent());
        assertThat(cluster.service("before").orElseThrow().version()).isEqualTo(1);
    }

    private long jobs() {
        try (var connection = cluster.redis.connect()) {
            return connection.sync().keys("hc:*jobs*").stream()
                    .mapToLong(key -> connection.sync().xlen(key))
                    .sum();
        }
    }

    private static void leading(Lead lead) {
        await().atMost(Duration.ofSeconds(60)).until(lead::isOnDuty);
    }
}
