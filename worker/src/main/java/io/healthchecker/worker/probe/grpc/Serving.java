package io.healthchecker.worker.probe.grpc;

import io.healthchecker.core.check.Reason;
import org.jspecify.annotations.Nullable;

/** {@code grpc.health.v1.HealthCheckResponse.ServingStatus}, and what it means where it is not SERVING. */
enum Serving {
    UNKNOWN(Reason.GRPC_NOT_SERVING),
    SERVING(null),
    NOT_SERVING(Reason.GRPC_NOT_SERVING),
    SERVICE_UNKNOWN(Reason.GRPC_SERVICE_UNKNOWN);

    private static final Serving[] BY_NUMBER = values();

    private final @Nullable Reason failure;

    Serving(@Nullable Reason failure) {
        this.failure = failure;
    }

    /** By its number in the protocol; one that nobody knows is UNKNOWN. */
    static Serving of(long number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[(int) number] : UNKNOWN;
    }

    /** Why a service in this state is down, null if it is up. */
    @Nullable
    Reason failure() {
        return failure;
    }
}
