package io.healthchecker.crds;

import io.healthchecker.crds.probe.Assertion;
import io.healthchecker.crds.probe.DnsProbe;
import io.healthchecker.crds.probe.GrpcProbe;
import io.healthchecker.crds.probe.HeartbeatProbe;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.IcmpProbe;
import io.healthchecker.crds.probe.TcpProbe;
import io.healthchecker.crds.probe.TlsProbe;
import io.healthchecker.crds.probe.WebsocketProbe;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A definition while it is being changed; what {@link Definition#with} hands out. */
public final class DefinitionDraft {
    public @Nullable HttpProbe http;
    public @Nullable TcpProbe tcp;
    public @Nullable TlsProbe tls;
    public @Nullable DnsProbe dns;
    public @Nullable IcmpProbe icmp;
    public @Nullable GrpcProbe grpc;
    public @Nullable WebsocketProbe websocket;
    public @Nullable HeartbeatProbe heartbeat;
    public @Nullable Integer periodSeconds;
    public @Nullable Integer timeoutSeconds;
    public @Nullable Integer failureThreshold;
    public @Nullable Integer successThreshold;
    public @Nullable Integer confirmAfterSeconds;
    public @Nullable Integer degradedAfterMillis;
    public @Nullable List<Assertion> assertions;
    public @Nullable List<String> degradedWhen;
    public @Nullable Boolean suspend;
    public @Nullable Map<String, String> labels;

    DefinitionDraft() {}

    DefinitionDraft(Definition before) {
        http = before.http();
        tcp = before.tcp();
        tls = before.tls();
        dns = before.dns();
        icmp = before.icmp();
        grpc = before.grpc();
        websocket = before.websocket();
        heartbeat = before.heartbeat();
        periodSeconds = before.periodSeconds();
        timeoutSeconds = before.timeoutSeconds();
        failureThreshold = before.failureThreshold();
        successThreshold = before.successThreshold();
        confirmAfterSeconds = before.confirmAfterSeconds();
        degradedAfterMillis = before.degradedAfterMillis();
        assertions = before.assertions();
        degradedWhen = before.degradedWhen();
        suspend = before.suspend();
        labels = before.labels();
    }

    Definition definition() {
        return new Definition(
                http,
                tcp,
                tls,
                dns,
                icmp,
                grpc,
                websocket,
                heartbeat,
                periodSeconds,
                timeoutSeconds,
                failureThreshold,
                successThreshold,
                confirmAfterSeconds,
                degradedAfterMillis,
                assertions,
                degradedWhen,
                suspend,
                labels);
    }
}
