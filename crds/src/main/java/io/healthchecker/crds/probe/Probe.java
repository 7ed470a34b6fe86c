package io.healthchecker.crds.probe;

/** How a service is checked. */
public sealed interface Probe
        permits DnsProbe, GrpcProbe, HeartbeatProbe, HttpProbe, IcmpProbe, TcpProbe, TlsProbe, WebsocketProbe {
    /** What is checked, in short and as a person would write it; never with a secret. */
    String target();
}
