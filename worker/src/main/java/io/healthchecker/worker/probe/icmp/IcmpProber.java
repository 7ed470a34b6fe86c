package io.healthchecker.worker.probe.icmp;

import io.healthchecker.core.service.HttpUrl;
import io.healthchecker.crds.probe.IcmpProbe;
import io.healthchecker.worker.dial.Dialer;
import io.healthchecker.worker.probe.Attempt;
import io.healthchecker.worker.probe.Prober;
import java.util.Objects;

/** Sends echo requests. */
public final class IcmpProber implements Prober {
    private static final int PAYLOAD = 56;
    private static final int INTERVAL_MILLIS = 200;

    private final Dialer dialer;
    private final String host;
    private final int count;
    private final int payloadBytes;
    private final int lossAllowed;
    private final int timeoutMillis;

    /**
     * Makes ready.
     *
     * @param timeoutMillis of the whole check
     * @throws IllegalArgumentException if the host is none
     */
    public IcmpProber(IcmpProbe probe, int timeoutMillis, Dialer dialer) {
        this.dialer = dialer;
        this.host = HttpUrl.host(Objects.requireNonNull(probe.host(), "icmp.host"));
        this.count = probe.count() == null ? 1 : probe.count();
        this.payloadBytes = probe.payloadBytes() == null ? PAYLOAD : probe.payloadBytes();
        this.lossAllowed = lossAllowed(probe, count);
        this.timeoutMillis = timeoutMillis;
    }

    private static int lossAllowed(IcmpProbe probe, int count) {
        if (probe.lossPercentAllowed() != null) {
            return count * probe.lossPercentAllowed() / 100;
        }
        return probe.lossAllowed() == null ? 0 : probe.lossAllowed();
    }

    @Override
    public void probe(Attempt attempt) {
        Pinging pinging = new Pinging(this, attempt);
        attempt.busyWith(pinging);
        pinging.begin();
    }

    Dialer dialer() {
        return dialer;
    }

    String host() {
        return host;
    }

    int count() {
        return count;
    }

    int payloadBytes() {
        return payloadBytes;
    }

    int lossAllowed() {
        return lossAllowed;
    }

    /** From one request to the next; all are sent in the first half of the check. */
    int intervalMillis() {
        return Math.min(INTERVAL_MILLIS, timeoutMillis / (2 * count));
    }

    /** When those that are still missing are given up, so that the others can be told of. */
    int patienceMillis() {
        return timeoutMillis - Math.min(100, timeoutMillis / 10);
    }
}
