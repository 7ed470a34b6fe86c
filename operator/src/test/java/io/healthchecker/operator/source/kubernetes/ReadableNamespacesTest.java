package io.healthchecker.operator.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An account that may read in one of two namespaces. */
class ReadableNamespacesTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final TestKubernetes kubernetes = TestKubernetes.shared();

    @Test
    void whatCannotBeReadIsLeftOutUntilItCan() throws InterruptedException {
        try (Cluster cluster = new Cluster(kubernetes)) {
            String shop = cluster.namespace;
            String bank = kubernetes.freshNamespace();
            kubernetes.kubectl().demand("create", "serviceaccount", "reader", "-n", shop);
            var both = new KubernetesSettings(
                    "default", Set.of(shop, bank), null, true, Set.of(), Duration.ofMinutes(5), 30);
            try (var client = kubernetes.client(shop, "reader")) {
                assertThatThrownBy(() -> ReadableNamespaces.of(both, client))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("grant the operator list and watch there");

                allow("resources", "healthcheckservices.healthchecker.io", shop, shop);
                await().atMost(SOON).until(() -> canBegin(both, client));
                ReadableNamespaces readable = ReadableNamespaces.of(both, client);
                assertThat(readable.ofResources()).containsExactly(shop);
                assertThat(readable.isWithout(bank)).isTrue();
                assertThat(readable.noSecrets()).isTrue();
                assertThat(readable.haveGrown()).isFalse();

                allow("secrets", "secrets", shop, shop);
                await().atMost(SOON).until(readable::haveGrown);
                readable = ReadableNamespaces.of(both, client);
                assertThat(readable.noSecrets()).isFalse();
                assertThat(readable.ofSecrets()).containsExactly(shop);

                allow("resources", "healthcheckservices.healthchecker.io", bank, shop);
                await().atMost(SOON).until(readable::haveGrown);
                assertThat(ReadableNamespaces.of(both, client).ofResources()).containsExactlyInAnyOrder(shop, bank);
            }
        }
    }

    private static boolean canBegin(KubernetesSettings settings, KubernetesClient client) {
        try {
            ReadableNamespaces.of(settings, client);
            return true;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    private void allow(String role, String resource, String namespace, String account) {
        var kubectl = kubernetes.kubectl().and("-n", namespace);
        kubectl.demand("create", "role", role, "--verb=list", "--resource=" + resource);
        kubectl.demand("create", "rolebinding", role, "--role=" + role, "--serviceaccount=" + account + ":reader");
    }
}
