package io.healthchecker.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.State;
import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.operator.status.StatusSettings.Reporting;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What kubectl sees of one service. */
class StatusInClusterTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private Stand stand = new Stand(TestKubernetes.shared(), Stand.settings(Duration.ofSeconds(1), 100));

    @AfterEach
    void end() {
        stand.close();
    }

    @Test
    void aTargetThatGoesDownIsOneWriteAndOneEvent() throws Exception {
        stand.start(() -> true);
        Map<String, Service> service = up("checkout");
        double before = stand.counted("hc.status.written");
        String up = stand.live("checkout-0").getMetadata().getResourceVersion();

        stand.turn(service, State.DOWN, Reason.CONNECT_REFUSED);

        kubectl("wait", "--for=condition=Healthy=false", "hcs/checkout-0", "--timeout=60s");
        assertThat(kubectl("get", "hcs", "checkout-0", "-o", "jsonpath={.status.state}"))
                .isEqualTo("Down");
        await().atMost(SOON).until(() -> stand.events("Down").size() == 1);
        assertThat(kubectl("wait", "--for=condition=Ready", "hcs/checkout-0", "--timeout=60s"))
                .contains("condition met");
        HealthCheckService down = stand.live("checkout-0");
        assertThat(down.getMetadata().getResourceVersion()).isNotEqualTo(up);
        // whatever else happens now, it is no reason to write
        stand.reporting.seen(down);
        await().during(Duration.ofMillis(1_500))
                .atMost(SOON)
                .until(() -> stand.live("checkout-0")
                        .getMetadata()
                        .getResourceVersion()
                        .equals(down.getMetadata().getResourceVersion()));
        assertThat(stand.counted("hc.status.written") - before).isEqualTo(1);
        assertThat(stand.events("Down")).singleElement().satisfies(event -> {
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getNote()).isEqualTo("Nothing listens at the address.");
            assertThat(event.getRegarding().getName()).isEqualTo("checkout-0");
            assertThat(event.getSeries()).isNull();
        });
        assertThat(kubectl("describe", "hcs", "checkout-0")).contains("Nothing listens at the address.");
        assertThat(down.getStatus().dashboardURL())
                .isEqualTo("https://health.example.com/services/"
                        + service.get("checkout-0").id());
        assertThat(down.getStatus().target()).isEqualTo("tcp://192.0.2.1:80");
    }

    @Test
    void aServiceThatFlapsIsDampedAndEndsAsItIs() throws Exception {
        stand.start(() -> true);
        Map<String, Service> service = up("flapping");
        double before = stand.counted("hc.status.written");
        long began = Ticker.system().nanoTime();

        for (int i = 0; i < 20; i++) {
            stand.turn(service, State.DOWN, Reason.CONNECT_REFUSED);
            stand.turn(service, State.UP, Reason.OK);
        }
        stand.turn(service, State.DOWN, Reason.TIMEOUT_CONNECT);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ConditionType.HEALTHY
                                .in(stand.live("flapping-0").getStatus())
                                .reason())
                        .isEqualTo("TimeoutConnect"));
        double written = stand.counted("hc.status.written") - before;
        double seconds = (Ticker.system().nanoTime() - began) / 1e9;
        assertThat(written).as("one a second").isLessThanOrEqualTo(Math.ceil(seconds) + 1);
    }

    @Test
    void whatHappensAgainCountsInTheSeriesOfItsEvent() throws Exception {
        stand.start(() -> true);
        Map<String, Service> service = stand.accepted("again", 1);
        for (int i = 0; i < 3; i++) {
            stand.turn(service, State.UP, Reason.OK);
            await().atMost(SOON).until(() -> stand.inState(State.UP) == 1);
            stand.turn(service, State.DOWN, Reason.CONNECT_REFUSED);
            await().atMost(SOON).until(() -> stand.inState(State.DOWN) == 1);
        }

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stand.events("Down"))
                        .singleElement()
                        .satisfies(event ->
                                assertThat(event.getSeries().getCount()).isEqualTo(3)));
    }

    @Test
    void aRefusedDefinitionSaysWhyAndAMissingSecretIsWaitedFor() {
        stand.start(() -> true);
        stand.reporting.report(stand.create("refused", Stand.DEFINITION), Given.INVALID, Handled.NOTHING);
        stand.reporting.report(
                stand.create("waiting", Stand.DEFINITION), Given.MISSING_SECRET, new Handled("c1", "r1"));

        kubectl("wait", "--for=condition=Stalled", "hcs/refused", "--timeout=60s");
        kubectl("wait", "--for=condition=Reconciling", "hcs/waiting", "--timeout=60s");
        assertThat(Kstatus.of(1, stand.live("refused").getStatus())).isEqualTo(Kstatus.FAILED);
        assertThat(Kstatus.of(1, stand.live("waiting").getStatus())).isEqualTo(Kstatus.IN_PROGRESS);
        assertThat(stand.live("waiting").getStatus().lastHandledCheckNow()).isEqualTo("c1");
        await().atMost(SOON).until(() -> stand.events("SecretNotFound").size() == 1);
        await().atMost(SOON).until(() -> stand.events("InvalidDefinition").size() == 1);
    }

    @Test
    void whatSomebodyElseWroteIsMended() throws Exception {
        stand.start(() -> true);
        Map<String, Service> service = stand.accepted("meddled", 1);
        stand.turn(service, State.UP, Reason.OK);
        await().atMost(SOON).until(() -> stand.inState(State.UP) == 1);

        kubectl(
                "patch",
                "hcs",
                "meddled-0",
                "--subresource=status",
                "--type=merge",
                "-p",
                "{\"status\":{\"state\":\"Down\"}}");
        await().atMost(SOON).until(() -> stand.inState(State.DOWN) == 1);
        stand.reporting.seen(stand.copy(stand.namespace, "meddled-0"));

        await().atMost(SOON).until(() -> stand.inState(State.UP) == 1);
    }

    @Test
    void whatIsGoneWithoutAWordDoesNotWaitForEver() throws Exception {
        stand.start(() -> true);
        Map<String, Service> services = stand.accepted("lost", 1);
        await().atMost(SOON).until(() -> stand.live("lost-0").getStatus() != null);

        stand.kubectl("delete", "hcs", "lost-0");
        await().atMost(SOON).until(() -> stand.copy(stand.namespace, "lost-0") == null);
        stand.turn(services, State.DOWN, Reason.CONNECT_REFUSED);

        await().atMost(SOON).until(() -> backlog() > 0);
        await().atMost(SOON).until(() -> backlog() == 0);
    }

    private double backlog() {
        return stand.meters.get("hc.status.backlog").gauge().value();
    }

    @Test
    void whereVerdictsAreNotReportedATransitionIsNoWrite() throws Exception {
        stand.close();
        stand = new Stand(TestKubernetes.shared(), Stand.settings(Reporting.NONE, Duration.ZERO, 100));
        stand.start(() -> true);
        Map<String, Service> service = stand.accepted("silent", 1);
        kubectl("wait", "--for=condition=Ready", "hcs/silent-0", "--timeout=60s");
        var versions = stand.versions();

        stand.turn(service, State.DOWN, Reason.CONNECT_REFUSED);

        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .until(() -> stand.versions().equals(versions));
        assertThat(Kstatus.of(1, stand.live("silent-0").getStatus())).isEqualTo(Kstatus.CURRENT);
    }

    /** A service that is up; what was written of it is counted, which it is a moment after others see it. */
    private Map<String, Service> up(String name) throws Exception {
        Map<String, Service> service = stand.accepted(name, 1);
        await().atMost(SOON).until(() -> stand.events("Accepted").size() == 1);
        stand.turn(service, State.UP, Reason.OK);
        await().atMost(SOON).until(() -> stand.inState(State.UP) == 1 && stand.counted("hc.status.written") == 2);
        return service;
    }

    private String kubectl(String... words) {
        return stand.kubectl(words);
    }
}
