package io.healthchecker.crds.probe;

/** How a service is checked. */
public sealed interface Probe
        permits GrpcProbe, HeartbeatProbe, HttpProbe, PlannedProbe, TcpProbe, TlsProbe, WebsocketProbe {
    /** What is checked, in short and as a person would write it; never with a secret. */
    String target();
}
