package io.healthchecker.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.verdict.State;
import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.crds.ServiceStatus;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who believes something that is over overwrites nothing that is newer. */
class FenceTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Stand stand = new Stand(TestKubernetes.shared(), Stand.settings(Duration.ZERO, 100));
    private final StatusPatch patch = new StatusPatch(stand.kubernetes.client());

    @AfterEach
    void end() {
        stand.close();
    }

    @Test
    void aStatusThatWasDecidedUponAnOlderVersionIsRefused() {
        HealthCheckService first = create("old");
        HealthCheckService second = patch.apply(first, status(State.UP, Reason.OK));

        assertThatThrownBy(() -> patch.apply(first, status(State.DOWN, Reason.CONNECT_REFUSED)))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(WriteFailure.of(e)).isEqualTo(WriteFailure.CONFLICT));
        assertThat(stand.live("old").getStatus()).isEqualTo(second.getStatus());
    }

    @Test
    void aStatusOfAResourceThatWasMadeAnewIsRefused() {
        HealthCheckService first = create("again");
        stand.kubernetes.client().resource(first).delete();
        HealthCheckService second = create("again");

        assertThatThrownBy(() -> patch.apply(first, status(State.DOWN, Reason.CONNECT_REFUSED)))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(WriteFailure.of(e)).isEqualTo(WriteFailure.CONFLICT));
        assertThat(stand.live("again")).isEqualTo(second);
    }

    @Test
    void aStatusOfAResourceThatIsGoneDoesNotBringItBack() {
        HealthCheckService gone = create("gone");
        stand.kubernetes.client().resource(gone).delete();

        assertThatThrownBy(() -> patch.apply(gone, status(State.DOWN, Reason.CONNECT_REFUSED)))
                .isInstanceOf(KubernetesClientException.class);
        assertThat(stand.live("gone")).isNull();
    }

    @Test
    void theSameStatusAgainIsNoNewVersion() {
        ServiceStatus status = status(State.UP, Reason.OK);
        HealthCheckService first = patch.apply(create("same"), status);

        assertThat(patch.apply(first, status).getMetadata().getResourceVersion())
                .isEqualTo(first.getMetadata().getResourceVersion());
    }

    @Test
    void aZombieThatStillBelievesInItsCopiesOverwritesNothing() throws Exception {
        stand.start(() -> true);
        Map<String, Service> service = stand.accepted("fenced", 1);
        stand.turn(service, State.UP, Reason.OK);
        await().atMost(SOON).until(() -> stand.inState(State.UP) == 1);
        HealthCheckService outdated = stand.live("fenced-0");
        stand.turn(service, State.DOWN, Reason.CONNECT_REFUSED);
        await().atMost(SOON).until(() -> stand.inState(State.DOWN) == 1);
        String version = stand.live("fenced-0").getMetadata().getResourceVersion();

        var meters = new SimpleMeterRegistry();
        StatusReporting zombie = stand.reporting(stand.kubernetes.client(), meters);
        zombie.report(outdated, Given.INVALID, Handled.NOTHING);
        zombie.start((_, _) -> outdated, () -> true);

        await().atMost(SOON)
                .until(() ->
                        meters.find("hc.status.failed").tag("cause", "conflict").counter() != null);
        zombie.stop();
        assertThat(stand.live("fenced-0").getMetadata().getResourceVersion()).isEqualTo(version);
        assertThat(meters.get("hc.status.written").counter().count()).isZero();
    }

    @Test
    void whoDoesNotLeadWritesNothingAndLosesNothing() throws Exception {
        AtomicBoolean leading = new AtomicBoolean();
        stand.start(leading::get);
        Map<String, Service> service = stand.accepted("led", 1);
        stand.turn(service, State.DOWN, Reason.CONNECT_REFUSED);
        Map<String, String> versions = stand.versions();

        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .until(() -> stand.versions().equals(versions));
        leading.set(true);

        await().atMost(SOON).until(() -> stand.inState(State.DOWN) == 1);
    }

    private HealthCheckService create(String name) {
        return stand.create(name, Stand.DEFINITION);
    }

    private static ServiceStatus status(State state, Reason reason) {
        return WantedStatus.of(
                Given.subject(1, Given.ACCEPTED), Given.seen(state, reason, 60), null, Given.settings(), Given.NOW);
    }
}
