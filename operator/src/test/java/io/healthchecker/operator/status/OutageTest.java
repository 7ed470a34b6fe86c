package io.healthchecker.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.verdict.State;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The API server is away, or does not let us. */
class OutageTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final StatusSettings SETTINGS = Stand.settings(Duration.ZERO, 100);

    @Test
    void whatHappensWhileTheApiServerIsAwayIsWrittenWhenItIsBack() throws Exception {
        try (TestKubernetes own = TestKubernetes.start();
                Stand stand = new Stand(own, SETTINGS)) {
            stand.start(() -> true);
            Map<String, Service> services = stand.accepted("cut-off", 50);
            stand.turn(services, State.UP, Reason.OK);
            await().atMost(SOON).until(() -> stand.inState(State.UP) == 50);

            own.stopApiServer();
            stand.turn(services, State.DOWN, Reason.CONNECT_REFUSED);
            await().atMost(SOON).until(() -> stand.counted("hc.status.failed", "cause", "unreachable") > 0);
            own.startApiServer();

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(stand.all())
                            .allMatch(each -> each.getStatus().state().equals("Down")));
        }
    }

    @Test
    void whoMayNotWriteTriesAgainAndEventsAreNotNeeded() throws Exception {
        TestKubernetes kubernetes = TestKubernetes.shared();
        String namespace = Stand.crd(kubernetes);
        kubernetes
                .client()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("operator")
                        .endMetadata()
                        .build())
                .create();
        try (var client = kubernetes.client(namespace, "operator");
                Stand stand = new Stand(kubernetes, SETTINGS, client, namespace)) {
            stand.start(() -> true);
            stand.accepted("forbidden", 1);
            await().atMost(SOON).until(() -> stand.counted("hc.status.failed", "cause", "forbidden") > 0);

            stand.kubectl("create", "role", "status", "--verb=patch", "--resource=healthcheckservices/status");
            stand.kubectl(
                    "create", "rolebinding", "status", "--role=status", "--serviceaccount=" + namespace + ":operator");

            stand.kubectl("wait", "--for=condition=Ready", "hcs/forbidden-0", "--timeout=60s");
            await().atMost(SOON).until(() -> stand.counted("hc.status.events", "outcome", "failed") == 1);
        }
    }
}
