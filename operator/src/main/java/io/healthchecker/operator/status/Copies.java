package io.healthchecker.operator.status;

import io.healthchecker.crds.HealthCheckService;
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

    private record Written(String basedOn, HealthCheckService result) {}

    Copies(Resources resources) {
        this.resources = resources;
    }

    /** The copy of a resource; null if it is gone, or another one has its name. */
    @Nullable
    HealthCheckService find(ResourceKey key) {
        HealthCheckService copy = resources.find(key.namespace(), key.name());
        if (copy == null || !key.uid().equals(copy.getMetadata().getUid())) {
            written.remove(key.uid());
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
        written.put(
                result.getMetadata().getUid(), new Written(basedOn.getMetadata().getResourceVersion(), result));
    }

    void forget(String uid) {
        written.remove(uid);
    }
}
