package io.healthchecker.operator.status;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.feed.NewEvent;
import io.healthchecker.core.registration.Registration;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.transition.StateChange;
import io.healthchecker.core.transition.TransitionLog;
import io.healthchecker.core.verdict.ServiceState;
import io.healthchecker.core.verdict.ServiceStateTable;
import io.healthchecker.core.verdict.State;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.crds.probe.TcpProbe;
import io.healthchecker.operator.status.Acceptance.Accepted;
import io.healthchecker.operator.status.StatusSettings.Reporting;
import io.healthchecker.testing.TestPostgres;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A namespace, a database, and the status that is kept from the one to the other, with a source that is moved by hand. */
final class Stand implements AutoCloseable {
    static final Definition DEFINITION = Definition.of(TcpProbe.of("192.0.2.1", 80));

    private static final String YAML = "/META-INF/fabric8/healthcheckservices.healthchecker.io-v1.yml";

    final TestKubernetes kubernetes;
    final String namespace;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final SharedIndexInformer<HealthCheckService> informer;
    final StatusReporting reporting;

    private final DataSource database = TestPostgres.freshDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    private final Registration registration =
            new Registration(jdbc, new JdbcTransactionManager(database), Ticker.system());
    private final TransitionLog log = new TransitionLog(jdbc, Ticker.system());
    private final ServiceStateTable states = new ServiceStateTable(jdbc);
    private final StatusSettings settings;
    private final int team;

    Stand(TestKubernetes kubernetes, StatusSettings settings) {
        this(kubernetes, settings, kubernetes.client(), crd(kubernetes));
    }

    /** @param client with what rights the status is written */
    Stand(TestKubernetes kubernetes, StatusSettings settings, KubernetesClient client, String namespace) {
        this.kubernetes = kubernetes;
        this.settings = settings;
        this.namespace = namespace;
        this.team = jdbc.sql("INSERT INTO team (name) VALUES ('team') RETURNING id")
                .query(Integer.class)
                .single();
        this.informer = kubernetes
                .client()
                .resources(HealthCheckService.class)
                .inNamespace(namespace)
                .inform();
        this.reporting = reporting(client, meters);
    }

    /** Quick, so that tests need not wait. */
    static StatusSettings settings(Duration minInterval, int writesPerSecond) {
        return settings(Reporting.TRANSITIONS, minInterval, writesPerSecond);
    }

    static StatusSettings settings(Reporting reporting, Duration minInterval, int writesPerSecond) {
        return new StatusSettings(
                reporting,
                minInterval,
                writesPerSecond,
                60,
                Duration.ofMillis(50),
                Duration.ofHours(1),
                URI.create("https://health.example.com"));
    }

    /** Applies the definition of the resource and returns a new namespace. */
    static String crd(TestKubernetes kubernetes) {
        try (InputStream yaml = Stand.class.getResourceAsStream(YAML)) {
            kubernetes.apply(new String(yaml.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return kubernetes.freshNamespace();
    }

    /** Another replica upon the same. */
    StatusReporting reporting(KubernetesClient client, SimpleMeterRegistry registry) {
        return new StatusReporting(
                new StatusReporting.Ground(client, jdbc, registry, "operator-1"), settings, Ticker.system());
    }

    void start(BooleanSupplier leading) {
        reporting.start(this::copy, leading);
    }

    HealthCheckService copy(String inNamespace, String name) {
        return informer.getIndexer().getByKey(Cache.namespaceKeyFunc(inNamespace, name));
    }

    /** Resources with their services, accepted. */
    Map<String, Service> accepted(String name, int count) throws Exception {
        Map<String, Service> services = services(name, count);
        accept(services);
        return services;
    }

    /** Services without resources. */
    Map<String, Service> services(String name, int count) {
        return registration
                .create(IntStream.range(0, count)
                        .mapToObj(i -> new NewService(team, name + "-" + i, Source.REST, null, DEFINITION))
                        .toList())
                .stream()
                .collect(Collectors.toMap(Service::name, Function.identity()));
    }

    /** Makes their resources and accepts them. */
    void accept(Map<String, Service> services) throws Exception {
        inParallel(services.values(), each -> accept(reporting, create(each.name(), DEFINITION), each));
    }

    HealthCheckService create(String name, Definition definition) {
        var resource = new HealthCheckService();
        resource.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        resource.setSpec(definition);
        return kubernetes.client().resource(resource).create();
    }

    static void accept(StatusReporting reporting, HealthCheckService resource, Service service) {
        reporting.report(resource, new Accepted(service.id()), Handled.NOTHING);
    }

    /** As workers commit it. */
    void turn(Map<String, Service> services, State to, Reason reason) {
        Map<Long, String> names = services.values().stream().collect(Collectors.toMap(Service::id, Service::name));
        transaction.executeWithoutResult(_ -> {
            List<ServiceState> before = states.lock(names.keySet());
            log.record(
                    before.stream()
                            .map(state -> new StateChange(
                                    state,
                                    names.get(state.serviceId()),
                                    to,
                                    Ticker.system().epochMillis(),
                                    reason,
                                    "after 3 ms at 192.0.2.1:80"))
                            .toList(),
                    List.of());
        });
    }

    /** Events that are no transitions. */
    void tell(List<NewEvent> events) {
        transaction.executeWithoutResult(_ -> log.record(List.of(), events));
    }

    HealthCheckService live(String name) {
        return kubernetes
                .client()
                .resources(HealthCheckService.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    Map<String, String> versions() {
        return all().stream()
                .collect(Collectors.toMap(
                        each -> each.getMetadata().getName(),
                        each -> each.getMetadata().getResourceVersion()));
    }

    List<HealthCheckService> all() {
        return kubernetes
                .client()
                .resources(HealthCheckService.class)
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    long inState(State state) {
        return informer.getStore().list().stream()
                .filter(each -> each.getStatus() != null
                        && state.word().equals(each.getStatus().state()))
                .count();
    }

    List<Event> events(String reason) {
        return kubernetes.client().events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getReason().equals(reason))
                .toList();
    }

    /** What kubectl prints in our namespace. */
    String kubectl(String... words) {
        return kubernetes
                .kubectl()
                .demand(Stream.concat(Stream.of("--namespace=" + namespace), Stream.of(words))
                        .toArray(String[]::new));
    }

    double counted(String meter) {
        return meters.get(meter).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    double counted(String meter, String label, String value) {
        var counter = meters.find(meter).tag(label, value).counter();
        return counter == null ? 0 : counter.count();
    }

    private static <T> void inParallel(Collection<T> all, Consumer<T> task) throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
            List<Future<?>> running = new ArrayList<>();
            all.forEach(each -> running.add(executor.submit(() -> task.accept(each))));
            for (Future<?> each : running) {
                each.get();
            }
        }
    }

    @Override
    public void close() {
        reporting.stop();
        informer.close();
    }
}
