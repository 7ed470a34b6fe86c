package io.healthchecker.operator.lead;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.healthchecker.core.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews a lease on one thread, and has the duty done on another while it is held. A lease that is lost ends the duty and
 * nothing else of this process, which goes on to schedule; a duty that does not end then ends the process. Nothing
 * relies on the lease: what a leader writes is fenced where it is written.
 */
public final class Lead implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lead.class);
    private static final int REQUEST_MILLIS = 4_000;
    private static final long RENEW_MILLIS = 2_000;
    private static final long LOOK_MILLIS = 100;
    private static final long MAX_BACKOFF_MILLIS = 30_000;
    private static final Duration END_WITHIN = Duration.ofSeconds(20);

    private final Lease lease;
    private final Duty duty;
    private final long heldNanos;
    private final Ticker ticker;
    private final LeadMetrics metrics;
    private final Runnable halt;
    private final Thread renewing =
            Thread.ofPlatform().name("lead-lease").daemon().unstarted(this::renew);
    private final Thread working =
            Thread.ofPlatform().name("lead-duty").daemon().unstarted(this::work);
    private volatile boolean isRunning = true;
    private volatile boolean isHeld;
    private volatile long renewedNanos;
    private volatile boolean isOnDuty;
    private volatile long endingSince;
    private volatile long beginningSince;
    private boolean isAway;

    /** @param halt ends this process at once */
    Lead(Lease lease, Duty duty, Duration duration, Ticker ticker, MeterRegistry meters, Runnable halt) {
        this.lease = lease;
        this.duty = duty;
        this.heldNanos = duration.toNanos() * 2 / 3; // over before anybody else may begin
        this.ticker = ticker;
        this.metrics = new LeadMetrics(meters);
        this.halt = halt;
        metrics.watch(this);
    }

    /** Leads by a Lease of Kubernetes, or always where the settings want none. */
    public static Lead of(
            LeadSettings settings, KubernetesClient client, String host, Duty duty, MeterRegistry meters) {
        Ticker ticker = Ticker.system();
        Lease lease = Lease.alone();
        if (settings.enabled()) {
            KubernetesClient impatient = client.newClient(new RequestConfigBuilder()
                            .withRequestRetryBackoffLimit(0)
                            .withRequestTimeout(REQUEST_MILLIS)
                            .build())
                    .adapt(KubernetesClient.class);
            String identity = host + "_" + UUID.randomUUID();
            var place = new KubernetesLease.Place(settings.namespace(client), settings.lease());
            lease = new KubernetesLease(impatient, place, identity, settings.seconds(), ticker);
        }
        return new Lead(
                lease,
                duty,
                settings.duration(),
                ticker,
                meters,
                () -> Runtime.getRuntime().halt(1));
    }

    public void start() {
        renewing.start();
        working.start();
    }

    /** Whether the lease is held, by the monotonic clock: false for a process that was frozen, before it knows. */
    public boolean holds() {
        return isHeld && ticker.nanoTime() - renewedNanos < heldNanos;
    }

    /** Whether the duty is done here. */
    public boolean isOnDuty() {
        return isOnDuty;
    }

    /** How long the duty has been trying to begin or to end; zero where it does neither. */
    public Duration busyFor() {
        long since = beginningSince != 0 ? beginningSince : endingSince;
        return since == 0 ? Duration.ZERO : Duration.ofNanos(ticker.nanoTime() - since);
    }

    private void renew() {
        while (isRunning) {
            tryRenew();
            haltIfStuck();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RENEW_MILLIS));
        }
    }

    private void tryRenew() {
        long before = ticker.nanoTime();
        try {
            boolean ours = lease.renew();
            renewedNanos = before;
            isHeld = ours;
            isAway = false;
        } catch (RuntimeException e) {
            if (!isAway) {
                LOG.warn("lease cannot be renewed cause=\"{}\"", e.getMessage());
            }
            isAway = true;
        }
        LockSupport.unpark(working);
    }

    private void haltIfStuck() {
        long since = endingSince;
        if (since != 0 && !holds() && ticker.nanoTime() - since > END_WITHIN.toNanos()) {
            LOG.error("the duty of a leader does not end, so the process does");
            halt.run();
        }
    }

    private void work() {
        long backoff = LOOK_MILLIS;
        try {
            while (isRunning) {
                if (holds() && !isOnDuty) {
                    backoff = begin() ? LOOK_MILLIS : Math.min(MAX_BACKOFF_MILLIS, Math.max(1_000, backoff * 2));
                } else if (isOnDuty && (!holds() || !duty.isWell())) {
                    LOG.warn(holds() ? "duty is not well, it begins anew" : "lease lost, another replica leads");
                    metrics.lost();
                    end();
                }
                pause(isOnDuty || !holds() ? LOOK_MILLIS : backoff);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private void pause(long millis) throws InterruptedException {
        long until = ticker.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (isRunning && ticker.nanoTime() - until < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private boolean begin() throws InterruptedException {
        beginningSince = ticker.nanoTime();
        try {
            duty.begin(this::holds);
            isOnDuty = true;
            metrics.begun();
            return true;
        } catch (RuntimeException e) {
            LOG.warn("duty cannot begin, it is tried again cause=\"{}\"", e.toString());
            end();
            return false;
        } finally {
            beginningSince = 0;
        }
    }

    private void end() {
        endingSince = ticker.nanoTime();
        // whoever ends in an interrupted thread waits for nothing, and leaves half of it running
        boolean interrupted = Thread.interrupted();
        try {
            duty.end();
        } catch (RuntimeException e) {
            LOG.warn("duty did not end well cause=\"{}\"", e.toString());
        } finally {
            isOnDuty = false;
            endingSince = 0;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the duty, then gives the lease up, so that another replica begins at once. */
    @Override
    public void close() throws InterruptedException {
        isRunning = false;
        LockSupport.unpark(renewing);
        LockSupport.unpark(working);
        if (beginningSince != 0) {
            working.interrupt();
        }
        working.join(END_WITHIN);
        renewing.join(Duration.ofMillis(REQUEST_MILLIS));
        if (!working.isAlive() && isHeld) {
            try {
                lease.release();
                isHeld = false;
            } catch (RuntimeException e) {
                LOG.info("lease not given up, it runs out cause=\"{}\"", e.getMessage());
            }
        }
    }
}
