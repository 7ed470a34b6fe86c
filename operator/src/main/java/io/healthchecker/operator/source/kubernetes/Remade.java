package io.healthchecker.operator.source.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.healthchecker.crds.HealthCheckService;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds resources that were made anew while the deletion of the one before was dealt with: the library forgets what it was
 * told of a name in the meantime, together with what is deleted. Looks a moment after each deletion, when that is over.
 */
final class Remade {
    // the second look is for what the library was told before it was done
    private static final List<Long> LOOKS_MILLIS = List.of(100L, 1_000L);

    private final Function<ResourceID, @Nullable HealthCheckService> copies;
    private final Predicate<HealthCheckService> handled;
    private final Consumer<HealthCheckService> request;

    /**
     * @param copies what the informer has of a name
     * @param handled whether a resource was dealt with as it is
     * @param request has a resource looked at
     */
    Remade(
            Function<ResourceID, @Nullable HealthCheckService> copies,
            Predicate<HealthCheckService> handled,
            Consumer<HealthCheckService> request) {
        this.copies = copies;
        this.handled = handled;
        this.request = request;
    }

    /** The deletion of a resource was dealt with; the library will know in a moment. */
    void after(HasMetadata deleted) {
        ResourceID name = ResourceID.fromResource(deleted);
        for (long millis : LOOKS_MILLIS) {
            Executor later = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
            later.execute(() -> look(name));
        }
    }

    private void look(ResourceID name) {
        HealthCheckService copy = copies.apply(name);
        if (copy != null && !handled.test(copy)) {
            request.accept(copy);
        }
    }
}
