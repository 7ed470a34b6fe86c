package io.healthchecker.core.service;

/**
 * One time of leading, during which a process applies the resources of a cluster. The next one has a greater epoch, and
 * whoever writes under an older one writes nothing.
 */
public record Term(String clusterId, long epoch) {}
