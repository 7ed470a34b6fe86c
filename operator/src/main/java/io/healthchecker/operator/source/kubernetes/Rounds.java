package io.healthchecker.operator.source.kubernetes;

import io.healthchecker.core.service.KubernetesServiceTable.Living;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.HealthCheckService;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;

/** What a leader does again and again: the sweep, the teams of namespaces, a look at itself. On a thread of its own. */
final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final int SCOPE_ROUNDS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Tasks tasks;
    private final ResourceWatch watch;
    private final ClusterView cluster;
    private final long everyNanos;
    private final KubernetesMetrics metrics;
    private final Ticker ticker = Ticker.system();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("kubernetes-rounds").daemon().unstarted(this::run);
    private volatile boolean isWell = true;
    private Set<String> missing = Set.of();
    private Set<String> sweptMissing = Set.of();
    private long sweptNanos;
    private boolean hasSwept;
    private int number;

    /** What is done. */
    record Tasks(Sweep sweep, NamespaceTeams teams, SelfCheck self, Ledger ledger, Departures departures) {}

    Rounds(Tasks tasks, ResourceWatch watch, ClusterView cluster, Duration every, KubernetesMetrics metrics) {
        this.tasks = tasks;
        this.watch = watch;
        this.cluster = cluster;
        this.everyNanos = every.toNanos();
        this.metrics = metrics;
    }

    void start() {
        thread.start();
    }

    boolean isWell() {
        return isWell;
    }

    private void run() {
        try {
            do {
                round();
            } while (!closing.await(ROUND.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        try {
            Collection<HealthCheckService> resources = watch.resources();
            List<String> departed = tasks.departures.look();
            resources.stream()
                    .filter(resource -> departed.contains(resource.getMetadata().getUid()))
                    .forEach(watch::request);
            if (isSweepDue(resources)) {
                sweep();
                sweptNanos = ticker.nanoTime();
                hasSwept = true;
            }
            metrics.standing(tasks.ledger.size(), unaccepted(resources));
            SelfCheck.Look look = tasks.self.look(resources, watch::isDatabaseAway);
            look.neglected().forEach(watch::dealWith);
            if (!look.isWell()) {
                LOG.warn("resources are known, but not dealt with");
                isWell = false;
            }
            number++;
            if (number % SCOPE_ROUNDS == 0 && watch.isOutgrown()) {
                LOG.info("namespaces can be read that could not, so all of them are begun anew");
                isWell = false;
            }
        } catch (Overthrown e) {
            LOG.warn("another replica leads by what the database says");
            isWell = false;
        } catch (NestedRuntimeException e) {
            LOG.debug("the round is made again", e);
        } catch (RuntimeException e) {
            // nothing that a cluster answers may end the thread
            LOG.warn("round failed, it is made again", e);
        }
    }

    /** Every few minutes, and when a resource has been missing for a round, though nobody told that it was deleted. */
    private boolean isSweepDue(Collection<HealthCheckService> resources) {
        Set<String> now = new HashSet<>();
        tasks.ledger.origins().forEach(origin -> now.add(origin.uid()));
        resources.forEach(resource -> now.remove(resource.getMetadata().getUid()));
        boolean isNews = !now.isEmpty() && now.equals(missing) && !now.equals(sweptMissing);
        missing = now;
        boolean isDue = !hasSwept || isNews || ticker.nanoTime() - sweptNanos >= everyNanos;
        sweptMissing = isDue ? now : sweptMissing;
        return isDue;
    }

    private void sweep() {
        var scope = new SweepPlan.Scope(
                watch::watches, watch::isSynced, namespace -> cluster.namespace(namespace) == Existence.GONE);
        tasks.sweep.once(this::present, scope);
        Collection<HealthCheckService> resources = watch.resources();
        Set<String> used = new HashSet<>();
        resources.forEach(resource -> used.add(resource.getMetadata().getNamespace()));
        Set<String> moved = tasks.teams.refresh(used);
        for (HealthCheckService resource : resources) {
            Living stored = tasks.ledger.find(resource.getMetadata().getUid());
            Long generation = resource.getMetadata().getGeneration();
            boolean differs =
                    stored == null || generation == null || stored.origin().generation() != generation;
            if (differs || moved.contains(resource.getMetadata().getNamespace())) {
                watch.request(resource);
            }
        }
    }

    private Set<String> present() {
        return watch.resources().stream()
                .map(resource -> resource.getMetadata().getUid())
                .collect(Collectors.toSet());
    }

    private int unaccepted(Collection<HealthCheckService> resources) {
        int unaccepted = 0;
        for (HealthCheckService resource : resources) {
            Living stored = tasks.ledger.find(resource.getMetadata().getUid());
            Long generation = resource.getMetadata().getGeneration();
            unaccepted +=
                    stored == null || generation == null || stored.origin().generation() != generation ? 1 : 0;
        }
        return unaccepted;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            if (thread.isAlive() && !thread.join(PATIENCE)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
