package io.healthchecker.api.job;

import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.job.JobStream;
import io.healthchecker.core.job.LateStream;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.service.Service;
import io.lettuce.core.RedisException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Asks workers to check a service at once, beside its slots. One connection to Redis, made when it is first wanted. */
public final class PromptJobs implements AutoCloseable {
    private static final int LOCATION = 1; // the only one from which jobs are made so far

    private final LateStream<JobStream> stream;

    PromptJobs(Supplier<JobStream> connect) {
        this.stream = new LateStream<>(connect, JobStream::close);
    }

    /**
     * What was asked for.
     *
     * @param slot of the job and of its result, epoch milliseconds
     * @param sent done once Redis has the job; fails where Redis does not answer
     */
    public record Asked(long slot, CompletableFuture<Void> sent) {}

    /** Asks for a check that is due now, in epoch milliseconds. Never throws. */
    public Asked ask(Service service, long now) {
        long slot =
                Cadence.of(service.id(), service.definition().periodMillis()).besideSlots(now);
        return new Asked(slot, send(new Job(service.id(), slot, LOCATION, service.version(), JobKind.MANUAL)));
    }

    private CompletableFuture<Void> send(Job job) {
        try {
            return stream.get().append(job);
        } catch (RedisException away) {
            return CompletableFuture.failedFuture(away);
        }
    }

    @Override
    public void close() {
        stream.close();
    }
}
