package io.healthchecker.bench;

import io.healthchecker.core.job.BatchVerdict;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobBatch;
import io.healthchecker.core.job.JobKeys;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.job.JobStream;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.schedule.Due;
import io.healthchecker.core.schedule.DueRing;
import io.healthchecker.core.schedule.Era;
import io.healthchecker.core.schedule.Shard;
import io.healthchecker.testing.TestRedis;
import io.lettuce.core.RedisClient;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What a million services of 60 s cost the scheduler: bytes of memory a service (budget 250 MB in all), and CPU a job
 * (budget 15 % of a core at 16 700 jobs/s, which is 9 µs), of the rings alone and with Redis as it really is.
 */
public final class ScheduleBench {
    private static final int SERVICES = 1_000_000;
    private static final long PERIOD_MILLIS = 60_000;
    private static final long TICK_MILLIS = 250;
    private static final double BUDGET_MICROS = 0.15 / 16_700 * 1e6;
    private static final double BUDGET_BYTES = 250e6 / SERVICES;

    private ScheduleBench() {}

    public static void main(String[] arguments) {
        long before = usedBytes();
        DueRing[] rings = new DueRing[Shard.COUNT];
        for (int shard = 0; shard < rings.length; shard++) {
            rings[shard] = new DueRing();
        }
        for (long id = 1; id <= SERVICES; id++) {
            rings[Shard.of(id)].apply(new Era(id, 1, 0, Cadence.of(id, PERIOD_MILLIS)));
            if (id % 10_000 == 0) {
                settle(rings);
            }
        }
        settle(rings);
        double bytes = (usedBytes() - before) / (double) SERVICES;
        System.out.printf("memory: %.1f bytes a service, %.2f of the budget%n", bytes, bytes / BUDGET_BYTES);

        walk(rings, 0, 20_000); // warm
        long began = processNanos();
        long jobs = walk(rings, 60_000, 120_000);
        report("rings alone", jobs, processNanos() - began);

        try (TestRedis redis = TestRedis.start();
                RedisClient client = RedisClient.create(redis.uri());
                JobStream stream = new JobStream(client)) {
            emit(rings, stream, 200_000, 10_000, true);
            began = processNanos();
            jobs = emit(rings, stream, 210_000, 60_000, false);
            report("with Redis, this process", jobs, processNanos() - began);
        }
    }

    private static void settle(DueRing[] rings) {
        for (DueRing ring : rings) {
            ring.settle(1_000_000);
        }
    }

    private static long walk(DueRing[] rings, long from, long millis) {
        long jobs = 0;
        for (long at = from; at < from + millis; at += TICK_MILLIS) {
            for (DueRing ring : rings) {
                jobs += ring.due(at, at + TICK_MILLIS).size();
            }
        }
        return jobs;
    }

    private static long emit(DueRing[] rings, JobStream stream, long from, long millis, boolean first) {
        long jobs = 0;
        for (long at = from; at < from + millis; at += TICK_MILLIS) {
            List<CompletableFuture<List<BatchVerdict>>> answers = new ArrayList<>();
            for (int group = 0; group < JobKeys.GROUPS; group++) {
                List<JobBatch> batches = new ArrayList<>();
                for (int shard = group; shard < Shard.COUNT; shard += JobKeys.GROUPS) {
                    List<Job> due = jobs(rings[shard].due(at, at + TICK_MILLIS));
                    jobs += due.size();
                    JobBatch.Step step = new JobBatch.Step(at, at + TICK_MILLIS, first && at == from);
                    batches.add(new JobBatch(shard, 1, step, List.of(), due));
                }
                answers.add(stream.append(group, batches));
            }
            answers.forEach(answer -> answer.join().forEach(verdict -> {
                if (verdict.kind() != BatchVerdict.Kind.TAKEN) {
                    throw new IllegalStateException("not taken: " + verdict);
                }
            }));
            for (int group = 0; group < JobKeys.GROUPS && at % 1_000 == 0; group++) {
                stream.tend(group).join();
            }
        }
        return jobs;
    }

    private static List<Job> jobs(List<Due> due) {
        return due.stream()
                .map(one -> new Job(one.serviceId(), one.slot(), 1, one.version(), JobKind.GRID))
                .toList();
    }

    private static void report(String what, long jobs, long nanos) {
        double micros = nanos / 1e3 / jobs;
        System.out.printf(
                "%s: %d jobs, %.2f µs a job, %.2f of the budget; %.1f %% of a core at 16 700 jobs/s%n",
                what, jobs, micros, micros / BUDGET_MICROS, micros * 16_700 / 1e4);
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long processNanos() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            return system.getProcessCpuTime();
        }
        throw new IllegalStateException("this JVM does not tell its CPU time");
    }
}
