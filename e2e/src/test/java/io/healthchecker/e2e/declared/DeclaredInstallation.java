package io.healthchecker.e2e.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.e2e.Product;
import io.healthchecker.e2e.Product.Started;
import io.healthchecker.e2e.doors.HardCases;
import io.healthchecker.testing.ApiClient;
import io.healthchecker.testing.Invariants;
import io.healthchecker.testing.ProcessUsage;
import io.healthchecker.testing.Target;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The product with resources of its own in five namespaces. The operator runs as the chart runs it: under its own
 * account, with the permissions and variables that the chart renders.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class DeclaredInstallation {
    static final int FEW = 20;
    static final Duration SOON = Duration.ofSeconds(60);
    static final Duration PERIOD = Duration.ofSeconds(1);
    static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    static Path directory;

    final TestKubernetes kubernetes = TestKubernetes.shared().withFakeNodes();
    final AtomicInteger status = new AtomicInteger(200);
    final Target target = Target.answering((path, _) -> path.equals("/turns") ? status.get() : 200);
    final Declared shop = Declared.in(kubernetes);
    final Declared steady = shop.beside();
    final Declared doors = shop.beside();
    final HardCases cases = new HardCases();
    final Declared unseen = shop.beside();
    final Declared seen = shop.beside();
    Product product;
    Invariants invariants;
    Started apiServer;
    ApiClient api;
    Started operator;

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

    /** Gone from lists and metrics within a round, never asked again; what was seen of it stays. */
    void assertGone(Declared declared, String paths, long id) {
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
    void assertSilent(String... paths) {
        long[] last = {-1};
        await().during(PERIOD.multipliedBy(3)).atMost(SOON).until(() -> {
            long now = List.of(paths).stream().mapToLong(target::requests).sum();
            boolean same = now == last[0];
            last[0] = now;
            return same;
        });
    }

    boolean allAreAsked(String paths) {
        return IntStream.range(0, FEW).allMatch(i -> target.requests(paths + i) > 0);
    }

    /** The newest transaction that touched what the source writes of the steady ones. */
    String written() {
        return invariants
                .ask("SELECT max(k.xmin::text::bigint) || ' ' || max(s.xmin::text::bigint) FROM kubernetes_service AS k"
                        + " JOIN service AS s ON s.id = k.service_id WHERE k.namespace = '%s'"
                                .formatted(steady.namespace()))
                .getFirst();
    }

    String statusMetrics() {
        return operator.text("/actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith("hc_status"))
                .collect(Collectors.joining("\n"));
    }

    double metric(String name) {
        return operator.text("/actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    long checks(long id) {
        return invariants.number("SELECT count(*) FROM check_result WHERE service_id = ?", id);
    }

    JsonNode service(long id) {
        return api.get("/api/v1/services/" + id).body();
    }

    JsonNode json(String name) {
        return JSON.readTree(shop.kubectl().demand("get", "hcs", name, "-o", "json"));
    }

    String usage() {
        ProcessUsage usage = ProcessUsage.of(operator.process().pid());
        return "%.1f s of CPU, %d MB".formatted(usage.cpuSeconds(), usage.residentBytes() / 1_000_000);
    }
}
