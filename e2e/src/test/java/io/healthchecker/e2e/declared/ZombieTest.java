package io.healthchecker.e2e.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.e2e.Product;
import io.healthchecker.e2e.Product.Started;
import io.healthchecker.testing.Invariants;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leader that is frozen, followed by another one, and comes back with what it had in hand. */
class ZombieTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void aLeaderThatComesBackWritesNothingThatIsOld() {
        Declared declared = Declared.in(TestKubernetes.shared());
        try (Product product = declared.followedBy(Product.in(directory))) {
            Started zombie = product.start("operator", "operator-1").awaitReady();
            await().atMost(SOON).until(() -> leads(zombie));
            Started next = product.start("operator", "operator-2").awaitReady();
            Invariants invariants = product.invariants();
            declared.apply("edited", "http://192.0.2.1/1", 60);
            declared.apply("deleted", "http://192.0.2.1/1", 60);
            await().atMost(SOON).until(() -> living(invariants).size() == 2);

            zombie.process().freeze();
            declared.apply("edited", "http://192.0.2.1/2", 60);
            declared.delete("deleted");
            declared.apply("created", "http://192.0.2.1/2", 60);
            await().atMost(SOON).until(() -> leads(next));
            List<String> wanted = List.of("created http://192.0.2.1/2", "edited http://192.0.2.1/2");
            await().atMost(SOON).until(() -> living(invariants).equals(wanted));
            await().atMost(SOON).until(() -> isTold(declared, "created") && isTold(declared, "edited"));
            String written = invariants.ask("SELECT sum(version) FROM service").getFirst();
            Map<String, String> versions = declared.versions();

            zombie.process().thaw();
            await().atMost(SOON).until(() -> zombie.process().output().contains("lease lost"));
            await().during(Duration.ofSeconds(6))
                    .atMost(SOON)
                    .until(() -> living(invariants).equals(wanted)
                            && declared.versions().equals(versions));
            assertThat(invariants.ask("SELECT sum(version) FROM service").getFirst())
                    .as("it wrote nothing")
                    .isEqualTo(written);
            assertThat(zombie.process().isAlive()).as("it goes on to schedule").isTrue();
            assertThat(invariants.number("SELECT epoch FROM kubernetes_cluster"))
                    .as("2, unless a busy machine kept the leader from renewing its lease")
                    .isGreaterThanOrEqualTo(2);

            declared.apply("edited", "http://192.0.2.1/3", 60);
            await().atMost(SOON).until(() -> living(invariants).contains("edited http://192.0.2.1/3"));
        }
    }

    /** Whether the status speaks of what the resource says now. */
    private static boolean isTold(Declared declared, String name) {
        HealthCheckService resource = Objects.requireNonNull(declared.live(name));
        return resource.getStatus() != null
                && Objects.equals(
                        resource.getMetadata().getGeneration(),
                        resource.getStatus().observedGeneration());
    }

    private static boolean leads(Started operator) {
        return operator.process().output().contains("resources are applied");
    }

    private static List<String> living(Invariants invariants) {
        return invariants.ask("""
                SELECT k.name || ' ' || (s.definition #>> '{http,url}')
                  FROM service AS s JOIN kubernetes_service AS k ON k.service_id = s.id
                 WHERE s.deleted_at IS NULL AND k.removed_at IS NULL ORDER BY 1
                """);
    }
}
