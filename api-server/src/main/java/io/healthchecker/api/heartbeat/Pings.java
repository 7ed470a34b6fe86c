package io.healthchecker.api.heartbeat;

import io.healthchecker.api.job.PromptJobs;
import io.healthchecker.core.heartbeat.Heartbeat;
import io.healthchecker.core.heartbeat.Heartbeat.Ping;
import io.healthchecker.core.heartbeat.HeartbeatTable;
import io.healthchecker.core.heartbeat.Rhythm;
import io.healthchecker.core.heartbeat.Standing;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.time.Ticker;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes down what services report. Where that changes how one stands, a worker is asked to judge it at once; without
 * Redis the next slot does.
 */
final class Pings {
    private static final Logger LOG = LoggerFactory.getLogger(Pings.class);

    private final HeartbeatTable heartbeats;
    private final TransactionTemplate transaction;
    private final PromptJobs jobs;
    private final Ticker ticker;

    Pings(HeartbeatTable heartbeats, PlatformTransactionManager transactions, PromptJobs jobs, Ticker ticker) {
        this.heartbeats = heartbeats;
        this.transaction = new TransactionTemplate(transactions);
        this.jobs = jobs;
        this.ticker = ticker;
    }

    /** Takes a ping; false if no living service has the token. */
    boolean take(PingToken token, Ping ping) {
        Optional<Service> found = heartbeats.serviceOf(token.hash());
        found.ifPresent(service -> take(service, ping));
        return found.isPresent();
    }

    private void take(Service service, Ping ping) {
        if (service.definition().heartbeat() == null) {
            return; // it is checked in another way by now
        }
        Rhythm rhythm = Rhythm.of(service.definition());
        long now = ticker.epochMillis();
        boolean turns = Boolean.TRUE.equals(transaction.execute(_ -> write(service, ping, rhythm, now)));
        if (turns && !service.definition().suspended()) {
            judge(service, now);
        }
    }

    private boolean write(Service service, Ping ping, Rhythm rhythm, long now) {
        Heartbeat before = heartbeats.lock(service.id()).orElse(null);
        if (before == null) {
            return false; // removed a moment ago
        }
        Heartbeat after = before.after(ping, now);
        heartbeats.write(after, after.deadlineMillis(rhythm));
        return isUp(before.at(now, rhythm)) != isUp(after.at(now, rhythm));
    }

    private static boolean isUp(Standing standing) {
        return switch (standing) {
            case ON_TIME, LATE -> true;
            case AWAITED, FAILED, MISSED -> false;
        };
    }

    private void judge(Service service, long now) {
        jobs.ask(service, now).sent().whenComplete((sent, away) -> {
            if (away != null) {
                LOG.debug("ping judged at the next slot service={} reason={}", service.id(), away.toString());
            }
        });
    }
}
