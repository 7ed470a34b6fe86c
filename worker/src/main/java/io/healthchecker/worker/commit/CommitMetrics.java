package io.healthchecker.worker.commit;

import io.healthchecker.worker.commit.ResultTransaction.Written;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** How results reach the database. */
public final class CommitMetrics {
    private final MeterRegistry registry;
    private final Timer transactions;
    private final DistributionSummary sizes;
    private final Counter inserted;
    private final Counter duplicates;
    private final Counter transitions;
    private final Counter confirmations;
    private final Counter collisions;
    private final Counter givenUp;
    private final Counter overflown;

    public CommitMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.transactions = Timer.builder("hc.commit.transaction")
                .description("Time that writing a batch of results took.")
                .register(registry);
        this.sizes = DistributionSummary.builder("hc.commit.batch.results")
                .description("Results in one transaction.")
                .register(registry);
        this.inserted = counter("hc.commit.results", "Results that were the first of their jobs.");
        this.duplicates = counter("hc.commit.duplicates", "Results of jobs that had one already.");
        this.transitions = counter("hc.commit.transitions", "Changes of state.");
        this.confirmations = counter("hc.commit.confirmations", "Checks asked for ahead of their slots.");
        this.collisions = counter("hc.commit.collisions", "Transactions that another one was in the way of.");
        this.givenUp = counter("hc.commit.given.up", "Results that the database can not hold, lost for good.");
        this.overflown = counter("hc.commit.overflown", "Results that found no room; their jobs are delivered again.");
    }

    /** Watches how many results wait. */
    void watch(ResultBuffer buffer) {
        Gauge.builder("hc.commit.backlog.results", buffer, ResultBuffer::size)
                .description("Results that wait to be written.")
                .register(registry);
    }

    void committed(int results, Written written, long nanos) {
        transactions.record(nanos, TimeUnit.NANOSECONDS);
        sizes.record(results);
        inserted.increment(written.inserted());
        duplicates.increment(results - (double) written.inserted());
        transitions.increment(written.transitions());
    }

    void confirmations(int jobs) {
        confirmations.increment(jobs);
    }

    void collision() {
        collisions.increment();
    }

    void givenUp() {
        givenUp.increment();
    }

    void overflown() {
        overflown.increment();
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
