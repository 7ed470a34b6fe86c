package io.healthchecker.operator.status;

import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.crds.ServiceStatus;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest copies of resources that can be had without asking: those of the informer, or what our own write gave back
 * as long as the informer still has what it was based upon. For many threads.
 */
final class Copies {
    private final Resources resources;
    private final Map<String, Written> written = new ConcurrentHashMap<>();
    private final Map<String, Futile> futile = new ConcurrentHashMap<>();

    private record Written(String basedOn, HealthCheckService result) {}

    private record Futile(String version, ServiceStatus wanted) {}

    Copies(Resources resources) {
        this.resources = resources;
    }

    /** The copy of a resource; null if it is gone, or another one has its name. */
    @Nullable
    HealthCheckService find(ResourceKey key) {
        HealthCheckService copy = resources.find(key.namespace(), key.name());
        if (copy == null || !key.uid().equals(copy.getMetadata().getUid())) {
            forget(key.uid());
            return null;
        }
        Written own = written.get(key.uid());
        if (own == null) {
            return copy;
        }
        if (own.basedOn().equals(copy.getMetadata().getResourceVersion())) {
            return own.result();
        }
        written.remove(key.uid(), own);
        return copy;
    }

    /** A write that was based on one copy gave back another. */
    void wrote(HealthCheckService basedOn, HealthCheckService result) {
        futile.remove(result.getMetadata().getUid());
        written.put(
                result.getMetadata().getUid(), new Written(basedOn.getMetadata().getResourceVersion(), result));
    }

    /**
     * Writing a status changed nothing, as where the definition of the resource is older than we are and has not all the
     * fields.
     */
    void wroteInVain(HealthCheckService copy, ServiceStatus wanted) {
        futile.put(copy.getMetadata().getUid(), new Futile(copy.getMetadata().getResourceVersion(), wanted));
    }

    /** Whether writing a status changed nothing before, and would not now. */
    boolean isInVain(HealthCheckService copy, ServiceStatus wanted) {
        Futile before = futile.get(copy.getMetadata().getUid());
        return before != null
                && before.version().equals(copy.getMetadata().getResourceVersion())
                && before.wanted().equals(wanted);
    }

    void forget(String uid) {
        written.remove(uid);
        futile.remove(uid);
    }
}
