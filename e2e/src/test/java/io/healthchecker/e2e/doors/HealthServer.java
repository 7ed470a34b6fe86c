package io.healthchecker.e2e.doors;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A gRPC server without TLS, that serves as a whole, and whose services {@code a} to {@code d} each are ill in another way. */
final class HealthServer implements AutoCloseable {
    private final Server server;

    private HealthServer(List<ServerServiceDefinition> services) {
        try {
            server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                    .directExecutor()
                    .addServices(services)
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HealthServer start() {
        return new HealthServer(List.of(new Health().bindService()));
    }

    /** One that does not know the health service. */
    static HealthServer without() {
        return new HealthServer(List.of());
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static final class Health extends HealthGrpc.HealthImplBase {
        @Override
        public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
            switch (request.getService()) {
                case "" -> say(observer, ServingStatus.SERVING);
                case "a" -> say(observer, ServingStatus.NOT_SERVING);
                case "b" -> say(observer, ServingStatus.SERVICE_UNKNOWN);
                case "d" -> observer.onError(Status.UNAVAILABLE.asRuntimeException());
                default -> observer.onError(Status.NOT_FOUND.asRuntimeException());
            }
        }

        private static void say(StreamObserver<HealthCheckResponse> observer, ServingStatus status) {
            observer.onNext(HealthCheckResponse.newBuilder().setStatus(status).build());
            observer.onCompleted();
        }
    }
}
