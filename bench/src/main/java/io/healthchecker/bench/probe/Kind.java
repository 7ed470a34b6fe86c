package io.healthchecker.bench.probe;

import io.healthchecker.bench.answer.Ports;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.DnsProbe;
import io.healthchecker.crds.probe.GrpcProbe;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.IcmpProbe;
import io.healthchecker.crds.probe.TcpProbe;
import java.util.Locale;

/** What is checked, each time over a new connection. */
public enum Kind {
    HTTP,
    /** A new TLS 1.3 handshake, the certificate verified: ECDSA over P-256. */
    HTTPS,
    TCP,
    DNS,
    ICMP,
    GRPC;

    /** As programs are told. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the worker checks at an address, with nothing expected that is not expected of everybody. */
    Definition definition(String address, Ports ports) {
        return Definition.of(
                switch (this) {
                    case HTTP -> HttpProbe.get("http://%s:%d/".formatted(address, ports.http()));
                    case HTTPS ->
                        HttpProbe.get("https://%s:%d/".formatted(address, ports.https()))
                                .with(draft -> draft.serverName = Ports.SERVER_NAME);
                    case TCP -> TcpProbe.of(address, ports.http());
                    case DNS -> DnsProbe.of(Ports.SERVER_NAME, "A", address, ports.dns());
                    case ICMP -> IcmpProbe.of(address);
                    case GRPC -> GrpcProbe.of(address, ports.grpc());
                });
    }

    /** The target that blackbox_exporter is told. */
    String target(String address, Ports ports) {
        return switch (this) {
            case HTTP -> "http://%s:%d/".formatted(address, ports.http());
            case HTTPS -> "https://%s:%d/".formatted(address, ports.https());
            case TCP, DNS, GRPC -> "%s:%d".formatted(address, port(ports));
            case ICMP -> address;
        };
    }

    /** Where it is answered, 0 where there are no ports. */
    int port(Ports ports) {
        return switch (this) {
            case HTTP, TCP -> ports.http();
            case HTTPS -> ports.https();
            case DNS -> ports.dns();
            case GRPC -> ports.grpc();
            case ICMP -> 0;
        };
    }
}
