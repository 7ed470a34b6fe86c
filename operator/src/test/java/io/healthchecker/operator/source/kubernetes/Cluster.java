package io.healthchecker.operator.source.kubernetes;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.healthchecker.core.job.JobStream;
import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.secret.SecretCipher;
import io.healthchecker.core.service.KubernetesClusterTable;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.operator.lead.Lead;
import io.healthchecker.operator.lead.LeadSettings;
import io.healthchecker.operator.status.OperatorEvents;
import io.healthchecker.operator.status.StatusReporting;
import io.healthchecker.operator.status.StatusSettings;
import io.healthchecker.operator.status.StatusSettings.Reporting;
import io.healthchecker.testing.TestPostgres;
import io.healthchecker.testing.TestRedis;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A real API server with our definition, a namespace, a database and a Redis; and replicas of the operator's half of it. */
final class Cluster implements AutoCloseable {
    private static final String DEFINITION = "/META-INF/fabric8/healthcheckservices.healthchecker.io-v1.yml";

    private static final String LEASE = "operator";

    final TestKubernetes kubernetes;
    final String namespace;
    final DataSource database = TestPostgres.freshDatabase();
    final JdbcClient jdbc = JdbcClient.create(database);
    final RedisClient redis = RedisClient.create(TestRedis.freshDatabase());
    private final String clusterId = "c" + UUID.randomUUID().toString().substring(0, 8);
    private final List<Lead> leads = new ArrayList<>();

    Cluster(TestKubernetes kubernetes) {
        this.kubernetes = kubernetes;
        try (InputStream yaml = Cluster.class.getResourceAsStream(DEFINITION)) {
            kubernetes.apply(new String(yaml.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.namespace = kubernetes.freshNamespace();
    }

    /** A replica that leads alone and watches our namespace. */
    Lead replica() {
        return replica(Set.of(namespace), false);
    }

    /** A replica that leads if it gets the lease, where there is one. */
    Lead replica(Set<String> namespaces, boolean leased) {
        var meters = new SimpleMeterRegistry();
        var transactions = new JdbcTransactionManager(database);
        var status = new StatusReporting(
                new StatusReporting.Ground(kubernetes.client(), jdbc, meters, "operator-1"),
                new StatusSettings(
                        Reporting.TRANSITIONS,
                        Duration.ofSeconds(1),
                        100,
                        60,
                        Duration.ofMillis(50),
                        Duration.ofHours(1),
                        URI.create("https://health.example.com")),
                Ticker.system());
        var settings = new KubernetesSettings(clusterId, namespaces, null, true, Set.of(), Duration.ofSeconds(10), 30);
        var source = new KubernetesSource(
                settings,
                new KubernetesSource.Ground(
                        kubernetes.client(),
                        jdbc,
                        transactions,
                        Optional.of(SecretCipher.of(new Secret("0123456789abcdef0123456789abcdef"))),
                        "operator-" + leads.size()),
                new KubernetesSource.Partners(status, () -> new JobStream(redis), () -> {}, events()::sweep),
                meters);
        var lead = Lead.of(
                new LeadSettings(leased, LEASE, namespace, Duration.ofSeconds(5)),
                kubernetes.client(),
                "operator-" + leads.size(),
                source,
                meters);
        leads.add(lead);
        lead.start();
        return lead;
    }

    private OperatorEvents events() {
        return new OperatorEvents(kubernetes.client(), namespace, LEASE, "operator-1");
    }

    /** What Events say of the Lease, each with its reason before it. */
    List<String> eventsOfTheLease() {
        return kubernetes.client().events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getRegarding().getKind().equals("Lease")
                        && event.getRegarding().getName().equals(LEASE))
                .map(event -> "%s %s: %s".formatted(event.getType(), event.getReason(), event.getNote()))
                .toList();
    }

    HealthCheckService apply(String name, Definition definition) {
        return apply(name, definition, Map.of());
    }

    HealthCheckService apply(String name, Definition definition, Map<String, String> annotations) {
        var resource = new HealthCheckService();
        resource.getMetadata().setNamespace(namespace);
        resource.getMetadata().setName(name);
        resource.getMetadata().setAnnotations(annotations);
        resource.setSpec(definition);
        return kubernetes.client().resource(resource).forceConflicts().serverSideApply();
    }

    void delete(String name) {
        kubernetes
                .client()
                .resources(HealthCheckService.class)
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    HealthCheckService live(String name) {
        return kubernetes
                .client()
                .resources(HealthCheckService.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    void secret(String name, String key, String value, boolean labelled) {
        kubernetes
                .client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .withLabels(labelled ? Map.of(LabelledSecrets.LABEL, "true") : Map.of("some", "label"))
                        .endMetadata()
                        .withStringData(Map.of(key, value))
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    /** The living service of a resource. */
    Optional<Service> service(String name) {
        String owner = "%s/%s/%s".formatted(clusterId, namespace, name);
        return new ServiceTable(jdbc)
                .owned(Source.KUBERNETES, owner).stream()
                        .filter(service -> owner.equals(service.owner()))
                        .findFirst();
    }

    /** What is checked for a resource. */
    String url(String name) {
        return service(name).orElseThrow().definition().http().url();
    }

    KubernetesClusterTable.Cluster facts() {
        return new KubernetesClusterTable(jdbc)
                .all().stream()
                        .filter(cluster -> cluster.clusterId().equals(clusterId))
                        .findFirst()
                        .orElseThrow();
    }

    /** The message of a condition of a resource, with its reason before it; empty without it. */
    String condition(String name, String type) {
        HealthCheckService resource = live(name);
        if (resource == null
                || resource.getStatus() == null
                || resource.getStatus().conditions() == null) {
            return "";
        }
        return resource.getStatus().conditions().stream()
                .filter(condition -> type.equals(condition.type()))
                .map(condition -> "%s %s: %s".formatted(condition.status(), condition.reason(), condition.message()))
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() throws InterruptedException {
        for (Lead lead : leads) {
            lead.close();
        }
        redis.shutdown();
    }
}
