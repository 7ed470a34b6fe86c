package io.healthchecker.crds.probe;

/** How a service is checked. */
public sealed interface Probe permits HttpProbe, TcpProbe {}
