package io.healthchecker.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.feed.Event;
import io.healthchecker.core.feed.NewEvent;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.State;
import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/** Writes follow transitions, not checks. How many services is a property: {@code -Dhc.status.services=1000} for the full size. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class FleetTest {
    private static final int SERVICES = Integer.getInteger("hc.status.services", 250);
    private static final int PERIODS = 20;
    private static final int WRITES_PER_SECOND = 100;
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Stand stand =
            new Stand(TestKubernetes.shared(), Stand.settings(Duration.ofSeconds(1), WRITES_PER_SECOND));
    private Map<String, Service> services = Map.of();

    @BeforeAll
    void allAreUp() throws Exception {
        stand.start(() -> true);
        services = stand.services("fleet", SERVICES);
        stand.turn(services, State.UP, Reason.OK);
        stand.accept(services);
        await().atMost(SOON).until(() -> stand.inState(State.UP) == SERVICES && idle(stand.meters));
    }

    @AfterAll
    void end() {
        stand.close();
    }

    @Test
    @Order(1)
    void whatIsNoTransitionIsNoWrite() {
        Map<String, String> versions = stand.versions();
        for (int period = 0; period < PERIODS; period++) {
            stand.tell(services.values().stream()
                    .map(service ->
                            new NewEvent(service.teamId(), service.id(), new Event.ServiceChanged(service.name(), 1)))
                    .toList());
            stand.all().forEach(stand.reporting::seen);
        }

        await().during(Duration.ofSeconds(2))
                .atMost(SOON)
                .until(() -> stand.versions().equals(versions));
    }

    @Test
    @Order(2)
    void aNewLeaderWritesNothingThatIsThere() {
        Map<String, String> versions = stand.versions();
        var meters = new SimpleMeterRegistry();
        StatusReporting other = stand.reporting(stand.kubernetes.client(), meters);
        other.start(stand::copy, () -> true);
        for (HealthCheckService resource : stand.all()) {
            Stand.accept(other, resource, services.get(resource.getMetadata().getName()));
        }

        await().during(Duration.ofSeconds(2))
                .atMost(SOON)
                .until(() -> idle(meters) && stand.versions().equals(versions));
        other.stop();
        assertThat(meters.get("hc.status.written").counter().count()).isZero();
    }

    @Test
    @Order(3)
    void whenAllGoDownAtOnceEachIsWrittenOnceWithinTheRate() {
        double before = stand.counted("hc.status.written");
        long began = Ticker.system().nanoTime();

        stand.turn(services, State.DOWN, Reason.CONNECT_REFUSED);

        await().atMost(SOON).until(() -> stand.inState(State.DOWN) == SERVICES);
        double seconds = (Ticker.system().nanoTime() - began) / 1e9;
        assertThat(seconds).isGreaterThan((SERVICES - WRITES_PER_SECOND) / (double) WRITES_PER_SECOND - 0.5);
        // what is written is counted a moment after others see it
        await().atMost(SOON).until(() -> idle(stand.meters) && stand.counted("hc.status.written") - before >= SERVICES);
        assertThat(stand.counted("hc.status.written") - before).isEqualTo(SERVICES);
        assertThat(stand.counted("hc.status.failed", "cause", "unreachable")).isZero();
        assertThat(stand.all()).allMatch(each -> each.getStatus().state().equals("Down"));
        // a namespace is not flooded with Events
        assertThat(stand.counted("hc.status.events", "outcome", "capped")).isGreaterThan(SERVICES / 2.0);
    }

    private static boolean idle(SimpleMeterRegistry meters) {
        return meters.get("hc.status.backlog").gauge().value() == 0;
    }
}
