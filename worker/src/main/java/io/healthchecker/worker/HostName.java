package io.healthchecker.worker;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this machine or pod. */
final class HostName {
    private HostName() {}

    static String get() {
        String variable = System.getenv("HOSTNAME");
        if (variable != null && !variable.isBlank()) {
            return variable;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "worker";
        }
    }
}
