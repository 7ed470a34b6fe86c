package io.healthchecker.worker;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of a worker.
 *
 * @param name of this worker, unlike that of any other; where it is empty the host's name, with a number beside others
 * @param location name of the place from which it probes
 * @param capacity checks that are held or under way at once, 10 to 100000; fewer where there are not enough file
 *     descriptors
 * @param definitions definitions that are kept in memory, 100 to 5000000
 * @param poll how often it looks for jobs, 10 ms to 1 s
 * @param grace how long checks may take to end when the worker is told to stop, 0 to 5 min
 * @param commit how results are written
 */
@ConfigurationProperties("hc.worker")
public record WorkerSettings(
        @DefaultValue("") String name,
        @DefaultValue("default") String location,
        @DefaultValue("2000") int capacity,
        @DefaultValue("100000") int definitions,
        @DefaultValue("100ms") Duration poll,
        @DefaultValue("20s") Duration grace,
        @DefaultValue Commit commit) {
    public WorkerSettings {
        within("capacity", capacity, 10, 100_000);
        within("definitions", definitions, 100, 5_000_000);
        within("poll", poll.toMillis(), 10, 1_000);
        within("grace", grace.toMillis(), 0, 300_000);
        if (commit.buffer / 5 < capacity) {
            throw new IllegalArgumentException(
                    "hc.worker.commit.buffer is %d; it must be at least 5 times hc.worker.capacity (%d)"
                            .formatted(commit.buffer, capacity));
        }
    }

    /** The same with another capacity. */
    WorkerSettings withCapacity(int other) {
        return new WorkerSettings(name, location, other, definitions, poll, grace, commit);
    }

    /**
     * How results are written.
     *
     * @param writers connections that write at once, 1 to 4
     * @param batch results in one transaction, 1 to 1000
     * @param gather how long a result waits for others, 1 ms to 1 s; one that may change what its service is, at most 30 ms
     * @param buffer results that may wait while the database is away, at least five times the capacity
     */
    public record Commit(
            @DefaultValue("1") int writers,
            @DefaultValue("1000") int batch,
            @DefaultValue("250ms") Duration gather,
            @DefaultValue("20000") int buffer) {
        public Commit {
            within("commit.writers", writers, 1, 4);
            within("commit.batch", batch, 1, 1_000);
            within("commit.gather", gather.toMillis(), 1, 1_000);
            within("commit.buffer", buffer, 50, 1_000_000);
        }
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "hc.worker.%s is %d; it must be %d to %d".formatted(name, value, least, most));
        }
    }
}
