package io.healthchecker.operator.source.kubernetes;

import io.healthchecker.core.service.KubernetesClusterTable;
import io.healthchecker.core.service.KubernetesOrigin;
import io.healthchecker.core.service.KubernetesServiceTable;
import io.healthchecker.core.service.KubernetesServiceTable.Living;
import io.healthchecker.core.service.Term;
import io.healthchecker.operator.source.kubernetes.SweepPlan.Scope;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds services whose resources were deleted while nobody watched, and removes them, each after the API server itself
 * said that its resource does not exist. For one thread.
 */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final Term term;
    private final Ledger ledger;
    private final Registrar registrar;
    private final ClusterView cluster;
    private final KubernetesServiceTable resources;
    private final KubernetesClusterTable clusters;
    private final int maxPercent;
    private final KubernetesMetrics metrics;
    private final SweepNotice notice;
    private @Nullable String told;
    private boolean isFirst = true;

    Sweep(
            Ledger ledger,
            ServiceWriter writer,
            Registrar registrar,
            ClusterView cluster,
            JdbcClient jdbc,
            Limit limit,
            KubernetesMetrics metrics) {
        this.term = writer.term();
        this.ledger = ledger;
        this.registrar = registrar;
        this.cluster = cluster;
        this.resources = new KubernetesServiceTable(jdbc);
        this.clusters = new KubernetesClusterTable(jdbc);
        this.maxPercent = limit.maxPercent;
        this.notice = limit.notice;
        this.metrics = metrics;
    }

    /**
     * What a sweep may not do.
     *
     * @param maxPercent at most this share of what is watched may be missing at once
     * @param notice hears of it
     */
    record Limit(int maxPercent, SweepNotice notice) {}

    /** How a sweep ended. */
    record Swept(int removed, int kept, @Nullable String problem) {}

    /**
     * Sweeps once.
     *
     * @param present uids of the resources that exist by the informer's copy; asked for after what is stored was read
     * @throws Overthrown if another process leads
     */
    Swept once(Supplier<Set<String>> present, Scope scope) {
        return metrics.sweeping(() -> sweep(present, scope));
    }

    private Swept sweep(Supplier<Set<String>> present, Scope scope) {
        Map<String, Living> before = ledger.copy();
        ledger.refresh(resources.living(term.clusterId()), before);
        SweepPlan plan = SweepPlan.of(ledger.origins(), present.get(), scope, maxPercent);
        int removed = 0;
        for (KubernetesOrigin candidate : plan.candidates()) {
            if (isGone(candidate) && registrar.gone(candidate.uid())) {
                LOG.info(
                        "service removed, its resource is gone service={} owner={}",
                        candidate.serviceId(),
                        candidate.name().owner());
                removed++;
            }
        }
        metrics.kept(plan.kept());
        String problemBefore = isFirst ? clusters.sweepProblem(term.clusterId()).orElse(null) : told;
        if (!clusters.swept(term, plan.kept(), plan.problem())) {
            throw new Overthrown();
        }
        tell(problemBefore, plan.problem());
        return new Swept(removed, plan.kept(), plan.problem());
    }

    private boolean isGone(KubernetesOrigin candidate) {
        return switch (cluster.resource(candidate.name(), candidate.uid())) {
            case GONE -> true;
            case EXISTS -> false;
            // the right to read in a namespace may have been deleted with it
            case UNKNOWN -> cluster.namespace(candidate.name().namespace()) == Existence.GONE;
        };
    }

    private void tell(@Nullable String before, @Nullable String problem) {
        if (problem != null && (isFirst || !problem.equals(before))) {
            LOG.warn("sweep keeps services cluster={} problem=\"{}\"", term.clusterId(), problem);
        } else if (problem == null && before != null) {
            LOG.info("sweep removes again cluster={}", term.clusterId());
        }
        if (problem != null || before != null) {
            notice.sweep(problem); // again at each sweep, since an Event is forgotten after an hour
        }
        told = problem;
        isFirst = false;
    }
}
