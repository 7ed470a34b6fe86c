package io.healthchecker.operator.source.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.healthchecker.core.service.SecretReference;
import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.crds.ServiceAnnotation;
import io.healthchecker.crds.ServiceStatus;
import io.healthchecker.operator.status.Acceptance;
import io.healthchecker.operator.status.Handled;
import io.healthchecker.operator.status.StatusReports;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;

/**
 * What is done when a resource, or a Secret that it names, is different. It never writes to Kubernetes: what became of a
 * resource it hands to {@code operator.status}.
 */
final class ResourceReconciler implements Reconciler<HealthCheckService> {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceReconciler.class);
    private static final String BY_SECRET = "secret";
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration NET = Duration.ofMinutes(1);

    private static final int TURNS = 64;

    private final List<Object> turns = Stream.generate(Object::new).limit(TURNS).toList();
    private final Scope scope;
    private final StatusReports reports;
    private final Requests requests = new Requests();
    private @Nullable InformerEventSource<Secret, HealthCheckService> secrets;
    private @Nullable IndexerResourceCache<HealthCheckService> copies;
    private @Nullable Work work;
    private final Remade remade = new Remade(this::copy, this::isHandled, this::request);
    private volatile boolean isDatabaseAway;
    private volatile boolean isOverthrown;

    /**
     * Where Secrets are read.
     *
     * @param secrets whether at all
     * @param namespaces all where it is empty
     */
    record Scope(boolean secrets, Set<String> namespaces) {}

    /** With what it is done. */
    record Work(Registrar registrar, Ledger ledger, NamespaceTeams teams, CheckNow checks) {}

    ResourceReconciler(Scope scope, StatusReports reports) {
        this.scope = scope;
        this.reports = reports;
    }

    /** Says with what it is done; before anything is reconciled. */
    void with(Work work) {
        this.work = work;
    }

    @Override
    public List<EventSource<?, HealthCheckService>> prepareEventSources(
            EventSourceContext<HealthCheckService> context) {
        copies = context.getPrimaryCache();
        List<EventSource<?, HealthCheckService>> sources = new ArrayList<>();
        sources.add(requests);
        if (scope.secrets) {
            var cache = context.getPrimaryCache();
            cache.addIndexer(BY_SECRET, ResourceReconciler::secretsOf);
            var builder = InformerEventSourceConfiguration.from(Secret.class, HealthCheckService.class)
                    .withName("secrets")
                    .withLabelSelector(LabelledSecrets.LABEL + "=true")
                    .withSecondaryToPrimaryMapper(
                            secret -> cache
                                    .byIndex(
                                            BY_SECRET,
                                            ResourceID.fromResource(secret).toString())
                                    .stream()
                                    .map(ResourceID::fromResource)
                                    .collect(Collectors.toSet()));
            var configuration = scope.namespaces.isEmpty()
                    ? builder.withWatchAllNamespaces().build()
                    : builder.withNamespaces(scope.namespaces).build();
            var source = new InformerEventSource<>(configuration, context);
            secrets = source;
            sources.add(source);
        }
        return sources;
    }

    /** The Secrets that a resource names, as the cache would. */
    private static List<String> secretsOf(HealthCheckService resource) {
        if (resource.getSpec() == null) {
            return List.of();
        }
        String namespace = resource.getMetadata().getNamespace();
        return SecretReference.of(resource.getSpec()).stream()
                .map(reference -> new ResourceID(reference.name(), namespace).toString())
                .distinct()
                .toList();
    }

    /** The informer's copy of a labelled Secret. */
    Optional<Secret> secret(String namespace, String name) {
        return secrets == null ? Optional.empty() : secrets.get(new ResourceID(name, namespace));
    }

    /** The informer's copies of all resources. */
    Collection<HealthCheckService> resources() {
        return copies == null ? List.of() : copies.list().toList();
    }

    @Nullable
    HealthCheckService resource(String namespace, String name) {
        return copy(new ResourceID(name, namespace));
    }

    private @Nullable HealthCheckService copy(ResourceID name) {
        return copies == null ? null : copies.get(name).orElse(null);
    }

    /** Has a resource looked at. */
    void request(HealthCheckService resource) {
        requests.add(resource);
    }

    /** Whether the last write found no database. */
    boolean isDatabaseAway() {
        return isDatabaseAway;
    }

    /** Whether another process leads, by what the database says. */
    boolean isOverthrown() {
        return isOverthrown;
    }

    /** Whether an update of a resource is for us: its status is not. */
    boolean concerns(HealthCheckService after, HealthCheckService before) {
        reports.seen(after);
        boolean isMadeAnew = !Objects.equals(
                after.getMetadata().getUid(), before.getMetadata().getUid());
        if (isMadeAnew) {
            reports.gone(before.getMetadata().getUid()); // nobody else tells of it
        }
        return isMadeAnew
                || !Objects.equals(
                        after.getMetadata().getGeneration(),
                        before.getMetadata().getGeneration())
                || after.isMarkedForDeletion() != before.isMarkedForDeletion()
                || !Objects.equals(ours(after), ours(before));
    }

    private static List<Optional<String>> ours(HealthCheckService resource) {
        return List.of(
                annotation(resource, ServiceAnnotation.CHECK_NOW),
                annotation(resource, ServiceAnnotation.RECONCILE),
                annotation(resource, ServiceAnnotation.ADOPT));
    }

    private static Optional<String> annotation(HealthCheckService resource, String name) {
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        return Optional.ofNullable(annotations == null ? null : annotations.get(name));
    }

    @Override
    public UpdateControl<HealthCheckService> reconcile(
            HealthCheckService resource, Context<HealthCheckService> context) {
        return reconcile(resource, context.isPrimaryResourceDeleted());
    }

    /** Deals with a resource at once, whatever the library believes that has happened to it. */
    void reconcile(HealthCheckService resource) {
        reconcile(resource, false);
    }

    private UpdateControl<HealthCheckService> reconcile(HealthCheckService resource, boolean isDeleted) {
        Work with = Objects.requireNonNull(work);
        try {
            UpdateControl<HealthCheckService> done;
            synchronized (turn(resource)) {
                done = isDeleted ? deleted(resource, with) : dealWith(resource, with);
            }
            isDatabaseAway = false;
            return done;
        } catch (Overthrown e) {
            isOverthrown = true;
            return UpdateControl.noUpdate();
        } catch (NestedRuntimeException e) {
            if (!isDatabaseAway) {
                LOG.warn("resources wait for the database cause=\"{}\"", e.getMessage());
            }
            isDatabaseAway = true;
            return UpdateControl.<HealthCheckService>noUpdate().rescheduleAfter(AGAIN);
        }
    }

    /** Resources of one name take turns. */
    private Object turn(HealthCheckService resource) {
        return turns.get(Math.floorMod(ResourceID.fromResource(resource).hashCode(), turns.size()));
    }

    /** What is deleted may have been made anew by now, and the library tells it as one thing. */
    private UpdateControl<HealthCheckService> deleted(HealthCheckService resource, Work with) {
        try {
            HealthCheckService anew = copy(ResourceID.fromResource(resource));
            if (anew == null
                    || !anew.getMetadata()
                            .getUid()
                            .equals(resource.getMetadata().getUid())) {
                gone(resource, with);
            }
            return anew == null ? UpdateControl.noUpdate() : dealWith(anew, with);
        } finally {
            remade.after(resource);
        }
    }

    private boolean isHandled(HealthCheckService resource) {
        return resource.isMarkedForDeletion()
                || Objects.requireNonNull(work)
                        .ledger
                        .isHandled(resource.getMetadata().getUid(), generation(resource));
    }

    private static long generation(HealthCheckService resource) {
        Long generation = resource.getMetadata().getGeneration();
        return generation == null ? 0 : generation;
    }

    private UpdateControl<HealthCheckService> dealWith(HealthCheckService resource, Work with) {
        return resource.isMarkedForDeletion() ? gone(resource, with) : apply(resource, with);
    }

    private UpdateControl<HealthCheckService> gone(HealthCheckService resource, Work with) {
        String uid = resource.getMetadata().getUid();
        with.registrar.gone(uid);
        reports.gone(uid);
        return UpdateControl.noUpdate();
    }

    private UpdateControl<HealthCheckService> apply(HealthCheckService resource, Work with) {
        ServiceStatus status = resource.getStatus();
        Optional<String> asked = annotation(resource, ServiceAnnotation.RECONCILE);
        if (asked.isPresent() && (status == null || !asked.get().equals(status.lastHandledReconcile()))) {
            with.teams.refresh(Set.of(resource.getMetadata().getNamespace()));
            with.registrar.lookUp(resource.getMetadata().getUid());
        }
        Optional<Acceptance> acceptance = with.registrar.apply(resource);
        if (acceptance.isEmpty()) {
            return UpdateControl.noUpdate(); // a newer one was applied, and reported
        }
        boolean sent = checkNow(resource, acceptance.get(), with);
        String token = annotation(resource, ServiceAnnotation.CHECK_NOW).orElse(null);
        String before = status == null ? null : status.lastHandledCheckNow();
        reports.report(resource, acceptance.get(), new Handled(sent ? token : before, asked.orElse(null)));
        with.ledger.handled(resource.getMetadata().getUid(), generation(resource));
        UpdateControl<HealthCheckService> done = UpdateControl.noUpdate();
        if (!sent) {
            return done.rescheduleAfter(AGAIN);
        }
        return acceptance.get() instanceof Acceptance.Waiting ? done.rescheduleAfter(NET) : done;
    }

    /** Sends the check that is asked for, unless it was sent before; false if that has to be tried again. */
    private static boolean checkNow(HealthCheckService resource, Acceptance acceptance, Work with) {
        String token = annotation(resource, ServiceAnnotation.CHECK_NOW).orElse(null);
        String uid = resource.getMetadata().getUid();
        ServiceStatus status = resource.getStatus();
        String handled = status == null ? null : status.lastHandledCheckNow();
        if (token == null || token.equals(handled) || with.ledger.isChecked(uid, token)) {
            return true;
        }
        if (acceptance instanceof Acceptance.Accepted(long serviceId) && !with.checks.send(serviceId)) {
            return false;
        }
        with.ledger.checked(uid, token);
        return true;
    }
}
