package io.healthchecker.operator.source.kubernetes;

import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.job.JobStream;
import io.healthchecker.core.job.LateStream;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.core.time.Ticker;
import io.lettuce.core.RedisException;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sends a check that somebody asked for by an annotation. For any thread. */
final class CheckNow implements AutoCloseable {
    private static final int LOCATION = 1; // the only one from which jobs are made so far

    private final LateStream<JobStream> jobs;
    private final ServiceTable services;
    private final Ticker ticker;

    /** Connects at the first check. */
    CheckNow(Supplier<JobStream> connect, JdbcClient jdbc, Ticker ticker) {
        this.jobs = new LateStream<>(connect, JobStream::close);
        this.services = new ServiceTable(jdbc);
        this.ticker = ticker;
    }

    /** Sends it; returns false if Redis does not answer. A service that is suspended or gone is not checked. */
    boolean send(long serviceId) {
        List<Service> found = services.living(List.of(serviceId));
        if (found.isEmpty() || found.getFirst().definition().suspended()) {
            return true;
        }
        Service service = found.getFirst();
        long now = ticker.epochMillis();
        long slot = Cadence.of(serviceId, service.definition().periodMillis()).besideSlots(now);
        try {
            jobs.get().append(new Job(serviceId, slot, LOCATION, service.version(), JobKind.MANUAL));
            return true;
        } catch (RedisException away) {
            return false;
        }
    }

    @Override
    public void close() {
        jobs.close();
    }
}
