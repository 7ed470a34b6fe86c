package io.healthchecker.worker;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many files and sockets this process may have open at once. Each check may hold one of them; where none is free,
 * checks end as UNKNOWN, and so would everything else that this process does.
 *
 * @param most {@link Long#MAX_VALUE} where nobody counts them
 */
record Descriptors(long most) {
    private static final Logger LOG = LoggerFactory.getLogger(Descriptors.class);
    private static final long LEAST_SPARED = 512; // jars, connections to the databases, clients
    private static final int SPARED_PART = 4;
    private static final int LEAST_CHECKS = 10;

    /** Those of this process; the JVM has raised its own limit as far as it may. */
    static Descriptors ofThisProcess() {
        return new Descriptors(
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                        ? system.getMaxFileDescriptorCount()
                        : Long.MAX_VALUE);
    }

    /** The settings of a worker, with no more checks at once than there can be; says so where they were more. */
    WorkerSettings bound(WorkerSettings settings) {
        int checks = checks(settings.capacity());
        if (checks == settings.capacity()) {
            return settings;
        }
        LOG.warn(
                "fewer checks at once than hc.worker.capacity: each may hold a file descriptor; raise their limit"
                        + " (ulimit -n) capacity={} wanted={} descriptors={}",
                checks,
                settings.capacity(),
                most);
        return settings.withCapacity(checks);
    }

    /** As many of the wanted checks as there can be at once: a quarter of the descriptors is for everything else. */
    int checks(int wanted) {
        return Math.clamp(most - Math.max(LEAST_SPARED, most / SPARED_PART), LEAST_CHECKS, wanted);
    }
}
