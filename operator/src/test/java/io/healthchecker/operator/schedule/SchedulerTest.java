package io.healthchecker.operator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.job.WakeStream;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final List<Service> services = new ArrayList<>();
    private Rig rig;
    private SchedulerParts a;
    private SchedulerParts b;

    @BeforeEach
    void set() {
        rig = new Rig();
        for (int i = 0; i < 20; i++) {
            services.add(rig.create(2));
        }
        rig.jdbc
                .sql("UPDATE service_change SET at_ms = at_ms - 60000, effective_ms = effective_ms - 60000")
                .update();
        a = rig.parts(Ticker.system());
        b = rig.parts(Ticker.system());
    }

    @AfterEach
    void away() {
        rig.close();
    }

    @Test
    void twoShareTheShardsOneLeavesAndNoSlotIsLostOrDoubled() {
        try (Scheduler first = a.scheduler(new WakeStream(rig.client))) {
            first.start();
            await().atMost(LONG).until(() -> a.shards.count() == 256);
            long from = rig.databaseMillis() + 2_000;
            try (Scheduler second = b.scheduler(new WakeStream(rig.client))) {
                second.start();
                await().atMost(LONG).until(() -> a.shards.count() == 128 && b.shards.count() == 128);
            }
            assertThat(b.shards.count()).as("handed over when it closed").isZero();
            await().atMost(LONG).until(() -> a.shards.count() == 256);
            long to = rig.databaseMillis();
            await().atMost(LONG).until(() -> a.shards.all().stream().allMatch(owned -> owned.watermark() > to));
            assertEverySlotOnce(from, to);
        }
        assertThat(rig.jdbc
                        .sql("SELECT count(*) FROM scheduler")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(rig.jdbc
                        .sql("SELECT count(*) FROM scheduler_shard WHERE owner IS NOT NULL")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aNewServiceIsEmittedAtOnceByAWakeUp() {
        try (Scheduler scheduler = a.scheduler(new WakeStream(rig.client));
                WakeStream wakes = new WakeStream(rig.client)) {
            scheduler.start();
            await().atMost(LONG).until(() -> a.shards.count() == 256);
            Service service = rig.create(3_600);
            wakes.publish(WakeStream.Wake.CHANGE);
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(rig.jobs())
                            .filteredOn(job -> job.serviceId() == service.id() && job.kind() == JobKind.FIRST)
                            .hasSize(1));
        }
    }

    @Test
    void anEmptiedRedisMissesNoSlotThatComesAfterIt() {
        try (Scheduler scheduler = a.scheduler(new WakeStream(rig.client))) {
            scheduler.start();
            await().atMost(LONG).until(() -> a.shards.count() == 256);
            await().atMost(LONG).until(() -> rig.jobs().size() > 20);
            rig.redis.flushdb();
            long from = rig.databaseMillis();
            long to = from + 3_000;
            await().atMost(LONG).until(() -> a.shards.all().stream().allMatch(owned -> owned.watermark() > to));
            assertEverySlotOnce(from, to);
        }
    }

    /** As a job, or in a gap where this machine stood still; gaps are written a little later. */
    private void assertEverySlotOnce(long from, long to) {
        await().atMost(LONG).untilAsserted(() -> isEverySlotOnce(from, to));
    }

    private void isEverySlotOnce(long from, long to) {
        List<Job> jobs = rig.jobs();
        for (Service service : services) {
            List<Long> emitted = Stream.concat(
                            jobs.stream()
                                    .filter(job -> job.serviceId() == service.id() && job.kind() == JobKind.GRID)
                                    .map(Job::slot),
                            rig.skipped(service).stream())
                    .filter(slot -> slot > from && slot <= to)
                    .toList();
            List<Long> due = new ArrayList<>();
            Cadence cadence = Cadence.of(service.id(), 2_000);
            for (long slot = cadence.slotAfter(from); slot <= to; slot += 2_000) {
                due.add(slot);
            }
            assertThat(emitted).as("service %d", service.id()).containsExactlyInAnyOrderElementsOf(due);
        }
    }
}
