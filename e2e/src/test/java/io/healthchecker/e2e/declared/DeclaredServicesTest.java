package io.healthchecker.e2e.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.healthchecker.cluster.Tool;
import io.healthchecker.e2e.Copied;
import io.healthchecker.e2e.Product;
import io.healthchecker.e2e.Product.Started;
import io.healthchecker.e2e.doors.FailuresInARow;
import io.healthchecker.e2e.doors.HardCases;
import io.healthchecker.e2e.doors.HardCases.Case;
import io.healthchecker.testing.ApiClient;
import io.healthchecker.testing.Invariants;
import io.healthchecker.testing.ProcessUsage;
import io.healthchecker.testing.Target;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Resources from their first to their last day. The operator runs as the chart runs it: under its own account, with the
 * permissions and variables that the chart renders. How many resources there are beside is a property, {@code
 * -Dhc.e2e.resources=10000} for the full size, and so is how long the API server is away, {@code -Dhc.e2e.away=60}.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class DeclaredServicesTest {
    private static final int RESOURCES = Integer.getInteger("hc.e2e.resources", 200);
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("hc.e2e.away", 8));
    private static final int FEW = 20;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LONG = SOON.plusMillis(RESOURCES * 100L);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    static Path directory;

    private final TestKubernetes kubernetes = TestKubernetes.shared().withFakeNodes();
    private final AtomicInteger status = new AtomicInteger(200);
    private final Target target = Target.answering((path, _) -> path.equals("/turns") ? status.get() : 200);
    private final Declared shop = Declared.in(kubernetes);
    private final Declared steady = shop.beside();
    private final Declared doors = shop.beside();
    private final HardCases cases = new HardCases();
    private final Declared unseen = shop.beside();
    private final Declared seen = shop.beside();
    private Product product;
    private Invariants invariants;
    private Started apiServer;
    private ApiClient api;
    private Started operator;

    @BeforeAll
    void start() {
        product = Rollout.of(
                        kubernetes,
                        List.of(
                                shop.namespace(),
                                steady.namespace(),
                                doors.namespace(),
                                unseen.namespace(),
                                seen.namespace()),
                        Product.in(directory),
                        directory)
                .with("HC_OPERATOR_LEAD_DURATION", "5s")
                .with("HC_STATUS_WRITESPERSECOND", "300");
        apiServer = product.start("api-server", "api-server").awaitReady();
        api = ApiClient.loggedIn(apiServer.port(), "user@example.com");
        product.with(
                "HC_OPERATOR_KUBERNETES_TEAM",
                api.get("/api/v1/teams").body().at("/items/0/id").asString());
        operator = product.start("operator", "operator-1");
        product.knowing(HardCases.HOSTS)
                .with("HC_PROBE_TRUSTEDCERTIFICATES", cases.authority(directory).toString())
                .start("worker", "worker")
                .awaitReady();
        operator.awaitReady();
        invariants = product.invariants();
    }

    @AfterAll
    void stop() throws Exception {
        product.close();
        target.close();
        cases.close();
    }

    @Test
    @Order(1)
    void aDeadTargetIsReadyAndNotHealthy() {
        shop.apply("dead", "http: {url: \"http://127.0.0.1:1/\"}, periodSeconds: 2, failureThreshold: 1");

        await().atMost(SOON).until(() -> shop.condition("dead", "Healthy").startsWith("False"));
        assertThat(shop.condition("dead", "Ready")).startsWith("True");
        assertThat(Kstatus.of(json("dead"))).isEqualTo(Kstatus.CURRENT);
        shop.kubectl().demand("wait", "--for=condition=Ready", "hcs/dead", "--timeout=5s");
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
            JsonNode seen = service(doors.serviceId(each.name()));
            assertThat(seen.path("lastResult").toString()).as("%s", seen).contains(each.stored());
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
        assertThat(target.requests("/turns") - before).as("checks go on").isGreaterThan((int) away / 2);
        assertThat(service(id).path("state").asString()).isEqualTo("Down");

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

    @Test
    @Order(2)
    void whatTheDashboardCopiesIsTakenByAnApiServer() {
        shop.apply("copied", "tcp: {host: 192.0.2.7, port: 1}, periodSeconds: 3600");
        shell(Copied.suspend(shop.namespace(), "copied", true));
        assertThat(json("copied").at("/spec/suspend").asBoolean()).isTrue();
        shell(Copied.suspend(shop.namespace(), "copied", false));
        assertThat(json("copied").at("/spec/suspend").asBoolean()).isFalse();
        assertThat(shell("EDITOR=true " + Copied.edit(shop.namespace(), "copied")))
                .contains("no changes made");
        shop.delete("copied");

        StringBuilder manifests = new StringBuilder();
        Copied.FORMS.forEach((kind, fields) -> manifests
                .append("---\n")
                .append(api.text("/api/v1/services:render", form(kind, fields).toString())));
        JsonNode taken = JSON.readTree(shop.kubectl()
                .reading(manifests.toString())
                .demand("apply", "--dry-run=server", "-o", "json", "-f", "-"));
        assertThat(taken.path("items")).hasSameSizeAs(Copied.FORMS.keySet());
        for (JsonNode resource : taken.path("items")) { // with all that an API server adds
            String kind = resource.at("/metadata/name").asString().substring("form-".length());
            assertThat(resource.at("/metadata/uid").asString()).isNotEmpty();
            JsonNode read =
                    api.postYaml("/api/v1/services:parse", resource.toString()).body();
            JsonNode form = form(kind, Copied.FORMS.get(kind));
            assertThat(says(read, form)).as("%s of %s", read, form).isTrue();
        }
    }

    /** Whether a definition says all that a form does; an API server adds what is said by default. */
    private static boolean says(JsonNode definition, JsonNode form) {
        return form.isObject()
                ? form.properties().stream().allMatch(field -> says(definition.path(field.getKey()), field.getValue()))
                : definition.equals(form);
    }

    private static JsonNode form(String kind, Map<String, Object> fields) {
        return JSON.valueToTree(
                Map.of("name", "form-" + kind, kind, fields, "labels", Map.of("tier", "1", "on", "off")));
    }

    /** Runs a line as a shell does, in which kubectl is that of the cluster. */
    private String shell(String line) {
        Tool kubectl = kubernetes.kubectl();
        String words = kubectl.command().stream().map("'%s'"::formatted).collect(Collectors.joining(" "));
        List<String> shell = List.of("sh", "-c", "kubectl() { %s \"$@\"; }; %s".formatted(words, line));
        Tool.Ended ended = new Tool(shell, kubectl.environment(), "", kubectl.limit()).run();
        assertThat(ended.code()).as(line + ": " + ended.err()).isZero();
        return ended.out() + ended.err();
    }

    /** Gone from lists and metrics within a round, never asked again; what was seen of it stays. */
    private void assertGone(Declared declared, String paths, long id) {
        await().atMost(SOON)
                .until(() -> api.get("/api/v1/services?q=%s/hcs-".formatted(declared.namespace()))
                        .body()
                        .path("items")
                        .isEmpty());
        assertSilent(IntStream.range(0, FEW).mapToObj(i -> paths + i).toArray(String[]::new));
        assertThat(api.get("/api/v1/services/" + id).status()).isEqualTo(404);
        assertThat(api.get("/api/v1/services/%d/health-checks".formatted(id))
                        .body()
                        .path("items"))
                .as("history by id")
                .isNotEmpty();
        await().atMost(SOON)
                .until(() -> metric("hc_source_kubernetes_resources")
                        == invariants.number(
                                "SELECT count(*) FROM service"
                                        + " WHERE deleted_at IS NULL AND source = (SELECT source FROM service WHERE id = ?)",
                                id));
        assertThat(operator.text("/actuator/prometheus") + apiServer.text("/actuator/prometheus"))
                .doesNotContain(declared.namespace());
    }

    /** What was under way ends within a period; then no request comes any more. */
    private void assertSilent(String... paths) {
        long[] last = {-1};
        await().during(PERIOD.multipliedBy(3)).atMost(PERIOD.multipliedBy(10)).until(() -> {
            long now = List.of(paths).stream().mapToLong(target::requests).sum();
            boolean same = now == last[0];
            last[0] = now;
            return same;
        });
    }

    private boolean allAreAsked(String paths) {
        return IntStream.range(0, FEW).allMatch(i -> target.requests(paths + i) > 0);
    }

    /** The newest transaction that touched what the source writes of the steady ones. */
    private String written() {
        return invariants
                .ask("SELECT max(k.xmin::text::bigint) || ' ' || max(s.xmin::text::bigint) FROM kubernetes_service AS k"
                        + " JOIN service AS s ON s.id = k.service_id WHERE k.namespace = '%s'"
                                .formatted(steady.namespace()))
                .getFirst();
    }

    private String statusMetrics() {
        return operator.text("/actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith("hc_status"))
                .collect(Collectors.joining("\n"));
    }

    private double metric(String name) {
        return operator.text("/actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private long checks(long id) {
        return invariants.number("SELECT count(*) FROM check_result WHERE service_id = ?", id);
    }

    private JsonNode service(long id) {
        return api.get("/api/v1/services/" + id).body();
    }

    private JsonNode json(String name) {
        return JSON.readTree(shop.kubectl().demand("get", "hcs", name, "-o", "json"));
    }

    private String usage() {
        ProcessUsage usage = ProcessUsage.of(operator.process().pid());
        return "%.1f s of CPU, %d MB".formatted(usage.cpuSeconds(), usage.residentBytes() / 1_000_000);
    }
}
