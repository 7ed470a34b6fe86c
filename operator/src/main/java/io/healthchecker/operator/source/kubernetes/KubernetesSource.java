package io.healthchecker.operator.source.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.healthchecker.core.job.JobStream;
import io.healthchecker.core.secret.SecretCipher;
import io.healthchecker.core.service.KubernetesClusterTable;
import io.healthchecker.core.service.KubernetesServiceTable;
import io.healthchecker.core.service.Term;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.operator.lead.Duty;
import io.healthchecker.operator.status.StatusReporting;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Applies the resources of a cluster while this replica leads. */
public final class KubernetesSource implements Duty {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesSource.class);

    private static final int REQUEST_MILLIS = 10_000;

    private final KubernetesSettings settings;
    private final Ground ground;
    private final Partners partners;
    private final KubernetesMetrics metrics;
    private volatile @Nullable Session session;

    /**
     * What it stands upon.
     *
     * @param cipher empty where no key is configured
     * @param host who leads, for people
     */
    public record Ground(
            KubernetesClient client,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Optional<SecretCipher> cipher,
            String host) {}

    /**
     * Whom it tells.
     *
     * @param jobs connects to the streams of jobs
     * @param committed called when services are different now
     * @param notice hears that services are kept although their resources are missing
     */
    public record Partners(StatusReporting status, Supplier<JobStream> jobs, Runnable committed, SweepNotice notice) {}

    public KubernetesSource(KubernetesSettings settings, Ground ground, Partners partners, MeterRegistry meters) {
        this.settings = settings;
        this.ground = ground;
        this.partners = partners;
        this.metrics = new KubernetesMetrics(meters);
    }

    @Override
    public void begin(BooleanSupplier leading) throws InterruptedException {
        long from = Ticker.system().nanoTime();
        KubernetesClient impatient = impatient(ground.client);
        var cluster = new LiveCluster(impatient);
        var clusters = new KubernetesClusterTable(ground.jdbc);
        Optional<String> identity = cluster.identity();
        Term term = clusters.begin(settings.clusterId(), ground.host);
        if (identity.isPresent() && !clusters.identify(settings.clusterId(), identity.get())) {
            throw new IllegalStateException(
                    "hc.operator.kubernetes.cluster-id is \"%s\", which is another cluster in this database; give this one an id of its own"
                            .formatted(settings.clusterId()));
        }
        ReadableNamespaces readable = ReadableNamespaces.of(settings, impatient);
        var ledger = new Ledger();
        new KubernetesServiceTable(ground.jdbc).living(settings.clusterId()).forEach(ledger::put);
        var writer = new ServiceWriter(term, ground.cipher.orElse(null), ground.jdbc, ground.transactions);
        var reconciler = new ResourceReconciler(
                new ResourceReconciler.Scope(settings.secrets() && !readable.noSecrets(), readable.ofSecrets()),
                partners.status);
        var teams =
                new NamespaceTeams(settings.clusterId(), settings.team(), cluster, ground.jdbc, ground.transactions);
        SecretValues secrets = settings.secrets() ? new LabelledSecrets(reconciler::secret) : LabelledSecrets.none();
        var registrar = new Registrar(
                ledger,
                writer,
                new Registrar.Surroundings(teams, secrets, ground.cipher.orElse(null), cluster),
                metrics,
                partners.committed);
        var checks = new CheckNow(partners.jobs, ground.jdbc, Ticker.system());
        reconciler.with(new ResourceReconciler.Work(registrar, ledger, teams, checks));
        var limit = new Sweep.Limit(settings.sweepMaxPercent(), partners.notice);
        var sweep = new Sweep(ledger, writer, registrar, cluster, ground.jdbc, limit, metrics);
        var watch = new ResourceWatch(ground.client, settings, readable, reconciler);
        var rounds = new Rounds(
                new Rounds.Tasks(
                        sweep,
                        teams,
                        new SelfCheck(ledger, Ticker.system()),
                        ledger,
                        new Departures(ledger, ground.jdbc)),
                watch,
                cluster,
                settings.sweepEvery(),
                metrics);
        session = new Session(watch, rounds, checks);
        watch.start();
        partners.status.start(reconciler::resource, leading);
        rounds.start();
        LOG.info(
                "resources are applied cluster={} epoch={} resources={} stored={} after={} ms",
                term.clusterId(),
                term.epoch(),
                reconciler.resources().size(),
                ledger.size(),
                (Ticker.system().nanoTime() - from) / 1_000_000);
    }

    /** The same client without tries of its own: what is asked in vain is asked again by whoever asked. */
    private static KubernetesClient impatient(KubernetesClient client) {
        return client.newClient(new RequestConfigBuilder()
                        .withRequestRetryBackoffLimit(0)
                        .withRequestTimeout(REQUEST_MILLIS)
                        .build())
                .adapt(KubernetesClient.class);
    }

    /** What goes on while it is begun. */
    private record Session(ResourceWatch watch, Rounds rounds, CheckNow checks) {}

    @Override
    public boolean isWell() {
        Session running = session;
        return running == null || (running.watch.isWell() && running.rounds.isWell());
    }

    @Override
    public void end() {
        Session running = session;
        session = null;
        if (running != null) {
            running.rounds.close();
            partners.status.stop();
            running.watch.close();
            running.checks.close();
        }
    }
}
