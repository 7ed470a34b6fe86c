package io.healthchecker.core.assertion;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a probe learned beyond status, headers and body; each part only where its kind has it and somebody asks.
 *
 * @param certificate null without TLS
 * @param dns null where no name server was asked on purpose
 * @param grpc null where no call by gRPC was made
 * @param ping null where no echo requests were sent
 * @param ip address that was connected to; null where none was
 * @param captures values that were taken from the answers of earlier steps, by name
 */
public record Facts(
        @Nullable Certificate certificate,
        @Nullable DnsFacts dns,
        @Nullable GrpcFacts grpc,
        @Nullable PingFacts ping,
        @Nullable String ip,
        Map<String, String> captures) {
    public static final Facts NONE = new Facts(null, null, null, null, null, Map.of());

    public Facts withCertificate(@Nullable Certificate other) {
        return new Facts(other, dns, grpc, ping, ip, captures);
    }

    public Facts withDns(DnsFacts other) {
        return new Facts(certificate, other, grpc, ping, ip, captures);
    }

    public Facts withGrpc(GrpcFacts other) {
        return new Facts(certificate, dns, other, ping, ip, captures);
    }

    public Facts withPing(PingFacts other) {
        return new Facts(certificate, dns, grpc, other, ip, captures);
    }

    public Facts withIp(@Nullable String other) {
        return new Facts(certificate, dns, grpc, ping, other, captures);
    }

    public Facts withCaptures(Map<String, String> others) {
        return new Facts(certificate, dns, grpc, ping, ip, Map.copyOf(others));
    }
}
