package io.healthchecker.operator.source.kubernetes;

import static io.healthchecker.operator.source.kubernetes.Resources.http;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.operator.lead.Lead;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiServerOutageTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void anApiServerThatIsAwayRemovesNothingAndIsCaughtUpWith() throws InterruptedException {
        try (TestKubernetes kubernetes = TestKubernetes.start();
                Cluster cluster = new Cluster(kubernetes)) {
            Lead lead = cluster.replica(Set.of(cluster.namespace), true);
            await().atMost(SOON).until(lead::isOnDuty);
            cluster.apply("checkout", http("http://192.0.2.1/a"));
            cluster.apply("cart", http("http://192.0.2.1/"));
            await().atMost(SOON)
                    .until(() -> cluster.service("checkout").isPresent()
                            && cluster.service("cart").isPresent());

            kubernetes.stopApiServer();
            await().atMost(SOON).until(() -> !lead.isOnDuty());
            assertThat(lead.busyFor()).isLessThan(Duration.ofMinutes(1));
            await().during(Duration.ofSeconds(12)) // more than one sweep
                    .atMost(SOON)
                    .until(() -> cluster.service("checkout").isPresent()
                            && cluster.service("cart").isPresent());

            kubernetes.startApiServer();
            cluster.apply("checkout", http("http://192.0.2.1/b"));
            cluster.delete("cart");
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> cluster.service("cart").isEmpty()
                            && cluster.url("checkout").equals("http://192.0.2.1/b"));
        }
    }
}
