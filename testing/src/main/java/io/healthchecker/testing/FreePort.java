package io.healthchecker.testing;

import io.healthchecker.cluster.Ports;

/** A port of loopback for a server of a test that opens it only later; clusters of tests draw theirs in the same way. */
public final class FreePort {
    private FreePort() {}

    /** One that nobody else gets until this JVM ends, see {@link Ports#free}. */
    public static int next() {
        return Ports.free();
    }
}
