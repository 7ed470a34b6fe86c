package io.healthchecker.e2e.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.healthchecker.e2e.doors.FailuresInARow;
import io.healthchecker.e2e.doors.HardCases.Case;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/**
 * Resources from their first to their last day, in this order. How many resources there are beside is a property, {@code
 * -Dhc.e2e.resources=10000} for the full size, and so is how long the API server is away, {@code -Dhc.e2e.away=60}.
 */
@TestMethodOrder(OrderAnnotation.class)
class DeclaredServicesTest extends DeclaredInstallation {
    private static final int RESOURCES = Integer.getInteger("hc.e2e.resources", 200);
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("hc.e2e.away", 8));
    private static final Duration LONG = SOON.plusMillis(RESOURCES * 100L);

    @Test
    @Order(1)
    void aDeadTargetIsReadyAndNotHealthy() {
        shop.apply("dead", "http: {url: \"http://127.0.0.1:1/\"}, periodSeconds: 2, failureThreshold: 1");

        await().atMost(SOON).until(() -> shop.condition("dead", "Healthy").startsWith("False"));
        assertThat(shop.condition("dead", "Ready")).startsWith("True");
        assertThat(Kstatus.of(json("dead"))).isEqualTo(Kstatus.CURRENT);
        shop.kubectl().demand("wait", "--for=condition=Ready", "hcs/dead", "--timeout=60s");
        assertThat(shop.kubectl().demand("get", "hcs", "--field-selector=status.state=Down", "-o", "name"))
                .contains("dead");
        await().atMost(SOON)
                .until(() -> !shop.kubectl()
                        .demand("get", "events.events.k8s.io", "-o", "name")
                        .isBlank());
        assertThat(operator.process().output()).doesNotContain("forbidden", "Forbidden");
    }

    @Test
    @Order(2)
    void aMissingSecretIsNotReadyAndSaysWhichAndBecomesReadyWhenItComes() {
        shop.apply(
                "secretive",
                "http: {url: \"http://127.0.0.1:1/\", headers: [{name: A, valueFrom: {secretKeyRef: {name: token-of-shop, key: token}}}]}");

        await().atMost(SOON).until(() -> shop.condition("secretive", "Ready").equals("False SecretNotFound"));
        assertThat(Kstatus.of(json("secretive"))).isNotEqualTo(Kstatus.CURRENT);
        assertThat(shop.message("secretive", "Ready")).contains("token-of-shop");

        shop.kubectl().demand("create", "secret", "generic", "token-of-shop", "--from-literal=token=s3cr3t");
        shop.kubectl().demand("label", "secret", "token-of-shop", "healthchecker.io/probe-secret=true");
        await().atMost(SOON).until(() -> shop.condition("secretive", "Ready").startsWith("True"));
        assertThat(json("secretive") + operator.process().output()).doesNotContain("s3cr3t");
    }

    @Test
    @Order(2)
    void whatTheDashboardCopiesIsTakenByAnApiServer() {
        shop.apply("copied", "tcp: {host: 192.0.2.7, port: 1}, periodSeconds: 3600");
        Pasted pasted = new Pasted(shop, kubernetes.kubectl(), api);
        pasted.linesChange("copied");
        shop.delete("copied");
        pasted.formsAreTaken();
    }

    @Test
    @Order(3)
    void aServiceChangesHandsAndBackWithItsHistory() {
        long from = System.currentTimeMillis();
        long id = api.create("moving", target.url("/moving"), 1);
        await().atMost(SOON).until(() -> checks(id) > 1);

        String manifest = api.text("/api/v1/services/" + id + "/manifest");
        shop.kubectl().reading(manifest).demand("apply", "-f", "-");
        await().atMost(SOON).until(() -> service(id).path("source").asString().equals("kubernetes"));
        await().atMost(SOON).until(() -> shop.condition("moving", "Ready").startsWith("True"));
        assertThat(shop.serviceId("moving")).isEqualTo(id);
        var refused =
                api.put("/api/v1/services/" + id, "{\"name\":\"mine\",\"url\":\"%s\"}".formatted(target.url("/")));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().toString()).contains(shop.namespace() + "/moving");

        assertThat(api.post("/api/v1/services/%d/adopt".formatted(id), "{\"name\":\"mine again\"}")
                        .status())
                .isEqualTo(200);
        await().atMost(SOON).until(() -> shop.condition("moving", "Ready").equals("False OwnedElsewhere"));
        shop.delete("moving");
        long then = checks(id);
        await().atMost(SOON).until(() -> checks(id) > then + 1);
        assertThat(service(id).path("source").asString()).isEqualTo("rest");
        assertThat(service(id).path("name").asString()).isEqualTo("mine again");
        long to = System.currentTimeMillis();
        await().atMost(SOON).until(() -> invariants.holes(from, to).isEmpty());
        assertThat(invariants.number("SELECT count(*) FROM service WHERE name LIKE '%moving' OR id = ?", id))
                .as("one service from its beginning to its end")
                .isOne();
        api.delete("/api/v1/services/" + id);
    }

    @Test
    @Order(4)
    void theVerdictIsTheSameAsThroughEveryOtherDoor() {
        cases.all().forEach(each -> applyDoor(each.name(), each.definition()));
        applyDoor("unsteady", cases.unsteady());
        for (Case each : cases.all()) {
            await(each.name()).atMost(SOON).until(() -> doors.isIn(each.name(), each.state()));
            long id = doors.serviceId(each.name());
            await(each.name()) // a slow machine may have been out of time before
                    .atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(service(id).path("lastResult").toString())
                                    .contains(each.stored()));
            JsonNode seen = service(id);
            assertThat(seen.at("/http/url"))
                    .as("the address as it was typed")
                    .isEqualTo(JSON.readTree(each.spec()).at("/http/url"));
        }
        assertThatThrownBy(() -> doors.apply("ipv6-url-without-brackets", "http://::1:80/", 2))
                .hasMessageContaining("spec.http.url");
        FailuresInARow.areToldOnce(invariants, doors.serviceId("unsteady"));
        doors.kubectl().demand("delete", "hcs", "--all");
    }

    private void applyDoor(String name, String definition) {
        doors.apply(name, definition.substring(1, definition.length() - 1));
    }

    @Test
    @Order(5)
    void whatIsDeletedWhileTheOperatorRunsIsNoLongerChecked() {
        seen.applyAll(FEW, i -> target.url("/seen/" + i), 1);
        await().atMost(SOON).until(() -> allAreAsked("/seen/"));
        long id = seen.serviceId("hcs-0");

        seen.kubectl().demand("delete", "hcs", "--all");

        assertGone(seen, "/seen/", id);
    }

    @Test
    @Order(6)
    void whatIsMadeAnewAtOnceIsCheckedByItsNewDefinitionAlone() {
        shop.apply("again", target.url("/old"), 1);
        await().atMost(SOON)
                .until(() -> target.requests("/old") > 0 && shop.live("again").getStatus() != null);
        long before = shop.serviceId("again");

        shop.delete("again");
        shop.apply("again", target.url("/new"), 1);
        long applied = System.nanoTime();
        await().atMost(SOON).until(() -> target.requests("/new") > 0);
        System.out.printf("made anew: asked after %d ms%n", (System.nanoTime() - applied) / 1_000_000);

        // the slots of a version begin some seconds after its first check
        await().atMost(SOON).until(() -> target.requests("/new") > 1);
        assertSilent("/old");
        await().atMost(SOON).until(() -> shop.condition("again", "Ready").startsWith("True"));
        assertThat(shop.serviceId("again"))
                .as("a new resource is a new service")
                .isNotEqualTo(before);
        shop.delete("again");
    }

    @Test
    @Order(7)
    void whatWasDeletedWhileNobodyWatchedIsFoundAndWhatIsUnchangedIsNotWritten() {
        unseen.applyAll(FEW, i -> target.url("/unseen/" + i), 1);
        long from = System.nanoTime();
        steady.applyAll(RESOURCES, i -> target.url("/steady"), 3_600);
        long created = System.nanoTime();
        await().atMost(LONG)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> allAreAsked("/unseen/") && steady.ready() == RESOURCES);
        await().atMost(LONG).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            assertThat(target.requests("/steady")).isGreaterThanOrEqualTo(RESOURCES);
            assertThat(metric("hc_status_backlog")).as(this::statusMetrics).isZero();
        });
        System.out.printf(
                "%d resources: created in %d ms, ready %d ms later; operator: %s%n",
                RESOURCES, (created - from) / 1_000_000, (System.nanoTime() - created) / 1_000_000, usage());
        long id = unseen.serviceId("hcs-0");
        Map<String, String> versions = steady.versions();
        String written = written();

        operator.process().freeze(); // between the deletion and whatever it would do about it
        unseen.deleteNamespace();
        await("the namespace does not wait for us").atMost(SOON).until(() -> !unseen.namespaceExists());
        operator.process().kill();
        operator = product.start("operator", "operator-2").awaitReady();

        await().atMost(LONG).until(() -> operator.process().output().contains("resources are applied"));
        System.out.printf(
                "restart: %s; operator: %s%n",
                operator.process()
                        .output()
                        .lines()
                        .filter(line -> line.contains("resources are applied"))
                        .findFirst()
                        .orElseThrow()
                        .replaceAll(".*resources are applied", "resources are applied"),
                usage());
        assertGone(unseen, "/unseen/", id);
        assertThat(written()).as("not a row was touched").isEqualTo(written);
        assertThat(steady.versions()).as("not a status was written").isEqualTo(versions);
    }

    @Test
    @Order(8)
    void whatHappensWhileTheApiServerIsAwayIsCheckedAndCaughtUpWith() {
        shop.apply("turns", target.url("/turns"), 1);
        await().atMost(SOON).until(() -> shop.isIn("turns", "Up"));
        long id = shop.serviceId("turns");

        kubernetes.stopApiServer();
        int before = target.requests("/turns");
        long stopped = System.nanoTime();
        status.set(500);
        await().during(AWAY)
                .atMost(AWAY.plus(SOON))
                .until(() -> operator.answers("/actuator/health/readiness") == 200
                        && operator.answers("/actuator/health/liveness") == 200
                        && apiServer.answers("/actuator/health/readiness") == 200);
        long away = Duration.ofNanos(System.nanoTime() - stopped).toSeconds();
        await("checks go on").atMost(SOON).until(() -> target.requests("/turns") - before > (int) away / 2);
        await().atMost(SOON).until(() -> service(id).path("state").asString().equals("Down"));

        kubernetes.startApiServer();
        long started = System.nanoTime();
        await().atMost(SOON).until(() -> shop.isIn("turns", "Down"));
        System.out.printf(
                "API server away for %d s: %d checks; status caught up %d ms after it was back%n",
                away, target.requests("/turns") - before, (System.nanoTime() - started) / 1_000_000);
    }

    @Test
    @Order(9)
    void withoutTheDatabaseThoseWhoServeUsersAreNotReadyAndNobodyIsToBeStartedAnew() {
        product.postgres().stop();

        await().atMost(SOON).until(() -> apiServer.answers("/actuator/health/readiness") == 503);
        assertThat(apiServer.answers("/actuator/health/liveness")).isEqualTo(200);
        await().atMost(SOON).until(() -> operator.answers("/actuator/health") == 503);
        assertThat(operator.answers("/actuator/health/readiness")).isEqualTo(200);
        assertThat(operator.answers("/actuator/health/liveness")).isEqualTo(200);

        product.postgres().startAgain();
        await().atMost(SOON).until(() -> apiServer.answers("/actuator/health/readiness") == 200);
        int asked = target.requests("/turns");
        await().atMost(SOON).until(() -> target.requests("/turns") > asked);
        assertThat(invariants.duplicates()).isEmpty();
        assertThat(invariants.brokenEvents()).isEmpty();
        assertThat(invariants.brokenTransitions()).isEmpty();
    }
}
