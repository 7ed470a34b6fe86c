package io.healthchecker.crds.probe;

/**
 * A kind that may be declared in Kubernetes, and that no worker of this version can check: it is refused before it is
 * stored. Once its prober is there, its record implements {@link Probe} itself, and the compiler asks for the rest.
 */
public sealed interface PlannedProbe extends Probe permits DnsProbe, IcmpProbe {}
