package io.healthchecker.operator.source.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.healthchecker.crds.HealthCheckService;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The informers and threads that bring resources to their reconciler, from their start to their end. */
final class ResourceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceWatch.class);
    private static final int THREADS = 4; // as many as the operator's pool of connections bears beside the scheduler
    private static final Duration SYNC = Duration.ofMinutes(2);
    private static final Duration TERMINATION = Duration.ofSeconds(10);
    private static final long LIST_LIMIT = 500;
    private static final long RETRY_MILLIS = 1_000;
    private static final long MAX_RETRY_MILLIS = 60_000;

    private final Operator operator;
    private final RegisteredController<HealthCheckService> controller;
    private final ResourceReconciler reconciler;
    private final KubernetesSettings settings;
    private final ReadableNamespaces readable;
    private volatile boolean isBroken;
    private volatile boolean isClosing;

    ResourceWatch(
            KubernetesClient client,
            KubernetesSettings settings,
            ReadableNamespaces readable,
            ResourceReconciler reconciler) {
        this.reconciler = reconciler;
        this.settings = settings;
        this.readable = readable;
        this.operator = new Operator(configuration -> configuration
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withConcurrentReconciliationThreads(THREADS)
                .withReconciliationTerminationTimeout(TERMINATION)
                .withCacheSyncTimeout(SYNC)
                .withStopOnInformerErrorDuringStartup(settings.namespaces().isEmpty())
                .withInformerStoppedHandler((informer, cause) -> broken(cause)));
        this.controller = operator.register(reconciler, configuration -> {
            configuration
                    .withName("health-check-services")
                    .withGenerationAware(false) // annotations count as well; the filter says which changes do
                    .withTriggerReconcilerOnAllEvents(true)
                    .withOnUpdateFilter(reconciler::concerns)
                    .withInformerListLimit(LIST_LIMIT)
                    .withRetry(new GenericRetry()
                            .withoutMaxAttempts()
                            .setInitialInterval(RETRY_MILLIS)
                            .setMaxInterval(MAX_RETRY_MILLIS));
            if (settings.namespaces().isEmpty()) {
                configuration.watchingAllNamespaces();
            } else {
                configuration.settingNamespaces(readable.ofResources());
            }
        });
    }

    private void broken(Throwable cause) {
        if (isClosing) {
            return;
        }
        // the library's own answer would be the end of the process
        LOG.warn("informer stopped cause=\"{}\"", String.valueOf(cause));
        isBroken = true;
    }

    /** Starts, and returns when the copies of all resources are there. */
    void start() {
        operator.start();
    }

    boolean isWell() {
        return !isBroken && !reconciler.isOverthrown();
    }

    /** Whether resources of a namespace are seen at all. */
    boolean watches(String namespace) {
        return settings.watches(namespace);
    }

    /** Whether all resources of a namespace are in our copy. */
    boolean isSynced(String namespace) {
        if (readable.isWithout(namespace)) {
            return false;
        }
        Set<String> unsynced = new HashSet<>();
        for (InformerWrappingEventSourceHealthIndicator<?> source : operator.getRuntimeInfo()
                .unhealthyInformerWrappingEventSourceHealthIndicator()
                .getOrDefault(controller.getConfiguration().getName(), Map.of())
                .values()) {
            for (InformerHealthIndicator informer :
                    source.informerHealthIndicators().values()) {
                if (!informer.hasSynced() || !informer.isWatching()) {
                    unsynced.add(informer.getTargetNamespace());
                }
            }
        }
        return !unsynced.contains(namespace) && !unsynced.contains(Constants.WATCH_ALL_NAMESPACES);
    }

    /** Whether namespaces that were left out can be read by now; asks the API server. */
    boolean isOutgrown() {
        return readable.haveGrown();
    }

    Collection<HealthCheckService> resources() {
        return reconciler.resources();
    }

    /** Has a resource looked at, among others. */
    void request(HealthCheckService resource) {
        reconciler.request(resource);
    }

    /** Deals with a resource at once. */
    void dealWith(HealthCheckService resource) {
        reconciler.reconcile(resource);
    }

    boolean isDatabaseAway() {
        return reconciler.isDatabaseAway();
    }

    @Override
    public void close() {
        isClosing = true;
        operator.stop();
    }
}
