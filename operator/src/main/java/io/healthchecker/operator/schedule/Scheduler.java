package io.healthchecker.operator.schedule;

import io.healthchecker.core.job.JobKeys;
import io.healthchecker.core.job.WakeStream;
import io.healthchecker.core.job.WakeStream.Wake;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Drives the parts of the scheduler: one thread emits, one speaks to the database about leases and changes, one writes
 * gaps and audits. A slow database therefore delays no job.
 */
public final class Scheduler implements SmartLifecycle, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private static final long EMIT_MILLIS = 250;
    private static final long TEND_MILLIS = 1_000;
    private static final long KEEP_MILLIS = 500;
    private static final long AUDIT_MILLIS = 1_000;
    private static final long LEAVE_MILLIS = 100;
    private static final long HANDOVER_SECONDS = 10;
    private static final long CLOSE_SECONDS = 5;

    private final Parts parts;
    private final WakeStream wakes;
    private final ScheduledThreadPoolExecutor emission = thread("schedule-emit");
    private final ScheduledThreadPoolExecutor keeping = thread("schedule-keep");
    private final ScheduledThreadPoolExecutor auditing = thread("schedule-audit");
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicBoolean running = new AtomicBoolean();
    private final CountDownLatch handedOver = new CountDownLatch(1);

    /** What is driven. */
    record Parts(Emitter emitter, Queues queues, Keeper keeper, AuditRound audits, OwnedShards shards) {}

    Scheduler(Parts parts, WakeStream wakes) {
        this.parts = parts;
        this.wakes = wakes;
    }

    /** Begins, once everything else has: the default phase is the last to start and the first to stop. */
    @Override
    public void start() {
        running.set(true);
        keeping.scheduleWithFixedDelay(step("keep", this::keep), 0, KEEP_MILLIS, TimeUnit.MILLISECONDS);
        emission.scheduleWithFixedDelay(
                step("emit", parts.emitter()::tick), EMIT_MILLIS, EMIT_MILLIS, TimeUnit.MILLISECONDS);
        emission.scheduleWithFixedDelay(step("tend", this::tend), 0, TEND_MILLIS, TimeUnit.MILLISECONDS);
        auditing.scheduleWithFixedDelay(
                step("audit", parts.audits()::step), AUDIT_MILLIS, AUDIT_MILLIS, TimeUnit.MILLISECONDS);
        wakes.listen(Wake.CHANGE, this::wake);
    }

    /** Compares all rings with the database now; returns the shards that differed and were loaded anew. */
    public List<Integer> checkDrift() throws ExecutionException, InterruptedException {
        return keeping.submit((Callable<List<Integer>>) parts.keeper()::checkDrift)
                .get();
    }

    @Override
    public boolean isRunning() {
        return running.get();
    }

    @Override
    public void close() {
        stop();
    }

    /** Ends for good. Others take all shards meanwhile, and none rests until it is taken. */
    @Override
    public void stop() {
        if (!running.compareAndSet(true, false)) {
            return;
        }
        auditing.shutdown();
        try {
            if (keeping.submit(parts.keeper()::leave).get(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                wakes.publish(Wake.CHANGE);
                awaitSuccessors();
            }
            end(emission);
            end(auditing);
            keeping.submit(() -> {
                        parts.keeper().drain();
                        parts.audits().finish();
                    })
                    .get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("shards not handed over; others take them when the leases are over", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Stream.of(emission, auditing, keeping).forEach(ScheduledThreadPoolExecutor::shutdownNow);
        wakes.close();
        parts.queues().close();
    }

    /** What is under way has time to finish, since an interrupt would break its connection in the middle. */
    private static void end(ScheduledThreadPoolExecutor executor) throws InterruptedException {
        executor.shutdown();
        executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    private void awaitSuccessors() throws InterruptedException {
        keeping.scheduleWithFixedDelay(step("keep", this::keep), 0, LEAVE_MILLIS, TimeUnit.MILLISECONDS);
        if (!handedOver.await(HANDOVER_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("shards not taken by others count={}", parts.shards().count());
        }
    }

    private void wake() {
        if (!keeping.isShutdown() && woken.compareAndSet(false, true)) {
            keeping.execute(step("keep", this::keep));
        }
    }

    private void keep() {
        woken.set(false);
        if (parts.keeper().step()) {
            emission.execute(step("emit", parts.emitter()::tick));
        }
        if (!running.get() && (parts.shards().count() == 0 || !parts.keeper().hasOthers())) {
            handedOver.countDown();
        }
    }

    private void tend() {
        TreeSet<Integer> groups = new TreeSet<>();
        parts.shards().all().forEach(owned -> groups.add(JobKeys.group(owned.shard())));
        parts.queues().tend(groups);
    }

    private static Runnable step(String name, Runnable step) {
        return () -> {
            try {
                step.run();
            } catch (RuntimeException e) {
                LOG.error("schedule step failed step={}", name, e);
            }
        };
    }

    private static ScheduledThreadPoolExecutor thread(String name) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name(name).daemon().factory());
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }
}
