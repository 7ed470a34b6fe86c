package io.healthchecker.operator.status;

import io.healthchecker.core.check.Reason;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Reasons of the condition Healthy: those of results, written as Kubernetes writes them. */
final class HealthReason {
    /** Verdicts are not told to the cluster, by {@code hc.status.reporting}. */
    static final String NOT_REPORTED = "NotReported";

    static final String NOT_REPORTED_MESSAGE = "Verdicts are not told in this cluster; the dashboard has them.";

    private HealthReason() {}

    /** {@code CONNECT_REFUSED} is {@code ConnectRefused}; DNS, TLS and OK stay as they are. */
    static String word(Reason reason) {
        return Arrays.stream(reason.name().split("_"))
                .map(HealthReason::capitalised)
                .collect(Collectors.joining());
    }

    private static String capitalised(String part) {
        return switch (part) {
            case "DNS", "TLS", "OK" -> part;
            case "NXDOMAIN" -> "NXDomain";
            default -> part.charAt(0) + part.substring(1).toLowerCase(java.util.Locale.ROOT);
        };
    }
}
