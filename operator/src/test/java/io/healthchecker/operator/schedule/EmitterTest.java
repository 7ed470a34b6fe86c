package io.healthchecker.operator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKeys;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.schedule.DueRing;
import io.healthchecker.core.schedule.Era;
import io.healthchecker.core.schedule.Shard;
import io.healthchecker.core.schedule.ShardLease;
import io.healthchecker.core.schedule.Watermark;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class EmitterTest {
    private static final long START = 1_790_000_000_000L;
    private static final long FOREVER = 10_000_000_000_000L;

    private final TestTicker ticker = TestTicker.standing(START);
    private Rig rig;
    private SchedulerParts parts;

    @BeforeEach
    void set() {
        rig = new Rig();
        parts = rig.parts(ticker);
    }

    @AfterEach
    void away() {
        rig.close();
    }

    @RepeatedTest(5)
    void everySlotIsEmittedExactlyOnceOverTicksOfAnyLength() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Era> eras = new ArrayList<>();
        for (long id = 1; id <= 300; id++) {
            eras.add(new Era(id, 1, 0, Cadence.of(id, 1_000L * (1 + random.nextInt(20)))));
        }
        hold(1, eras);
        for (int i = 0; i < 60; i++) {
            ticker.move(random.nextInt(700));
            parts.emitter.tick();
        }
        Set<List<Long>> due = slots(eras, START, ticker.epochMillis() + Emitter.LEAD_MILLIS);
        List<List<Long>> emitted = emitted();
        assertThat(emitted).as("seed %d", seed).doesNotHaveDuplicates();
        // a watermark moves at least once a second
        assertThat(due).as("seed %d", seed).containsAll(emitted);
        assertThat(emitted)
                .as("seed %d", seed)
                .containsAll(slots(eras, START, ticker.epochMillis() + Emitter.LEAD_MILLIS - 1_000));
    }

    @Test
    void shortPeriodsAreUrgent() {
        hold(1, List.of(new Era(1, 3, 0, Cadence.of(1, 10_000)), new Era(2, 4, 0, Cadence.of(2, 11_000))));
        for (int i = 0; i < 50; i++) {
            ticker.move(250);
            parts.emitter.tick();
        }
        assertThat(rig.jobs(JobKeys.urgent(JobKeys.group(Shard.of(1)))))
                .isNotEmpty()
                .allMatch(job -> job.serviceId() == 1 && job.version() == 3 && job.kind() == JobKind.GRID);
        assertThat(rig.jobs(JobKeys.standard(JobKeys.group(Shard.of(2)))))
                .isNotEmpty()
                .allMatch(job -> job.serviceId() == 2 && job.version() == 4);
    }

    @Test
    void moreJobsThanOneCallCarriesAreCutAndAllArrive() {
        List<Era> eras = new ArrayList<>();
        for (long id = 1; id <= 30_000; id++) {
            eras.add(new Era(id, 1, 0, Cadence.of(id, 1_000)));
        }
        hold(1, eras);
        ticker.move(200);
        parts.emitter.tick();

        assertThat(new HashSet<>(emitted())).isEqualTo(slots(eras, START, START + 1_700));
        assertThat(emitted()).doesNotHaveDuplicates();
    }

    @Test
    void aZombieIsRefusedAndGivesUp() {
        List<Era> eras = List.of(new Era(1, 1, 0, Cadence.of(1, 1_000)));
        OwnedShard zombie = hold(1, eras).get(Shard.of(1));
        parts.emitter.tick();
        int before = rig.jobs().size();

        SchedulerParts successor = rig.parts(ticker);
        hold(successor, 2, eras, zombie.watermark());
        successor.shards.all().stream()
                .filter(owned -> owned.shard() != zombie.shard())
                .toList()
                .forEach(successor.shards::remove);
        ticker.move(2_000);
        successor.emitter.tick();
        parts.emitter.tick();

        assertThat(emitted()).doesNotHaveDuplicates().hasSize(before + 2);
        assertThat(parts.shards.get(Shard.of(1))).isNull();
        assertThat(parts.shards.count()).as("the other shards stay").isEqualTo(255);
        assertThat(rig.counted("hc.schedule.shards.lost")).isEqualTo(1);
    }

    @Test
    void anEmptiedRedisIsRefilledAtOnce() {
        List<Era> eras = List.of(new Era(1, 1, 0, Cadence.of(1, 1_000)), new Era(2, 1, 0, Cadence.of(2, 2_000)));
        hold(1, eras);
        for (int i = 0; i < 10; i++) {
            ticker.move(500);
            parts.emitter.tick();
        }
        rig.redis.flushdb();
        long flushed = ticker.epochMillis();
        for (int i = 0; i < 10; i++) {
            ticker.move(500);
            parts.emitter.tick();
        }
        assertThat(new HashSet<>(emitted())).containsAll(slots(eras, flushed - 1_000, ticker.epochMillis() + 500));
        assertThat(emitted()).doesNotHaveDuplicates();
        assertThat(parts.shards.count()).isEqualTo(256);
    }

    @Test
    void aFirstCheckThatRedisForgotIsSentAgain() {
        OwnedShard owned = hold(1, List.of()).get(Shard.of(1));
        Job first = new Job(1, START, 1, 1, JobKind.FIRST);
        owned.waiting().add(first);
        parts.emitter.tick();
        assertThat(rig.jobs()).containsExactly(first);

        rig.redis.flushdb();
        ticker.move(1_100);
        parts.emitter.tick();
        parts.emitter.tick();
        assertThat(rig.jobs()).containsExactly(first);
        ticker.move(1_100);
        parts.emitter.tick();
        assertThat(rig.jobs()).containsExactly(first);
    }

    @Test
    void slotsThatWentWithAFirstCheckAreRefilledOnce() {
        List<Era> eras = List.of(new Era(1, 1, 0, Cadence.of(1, 1_000)));
        OwnedShard owned = hold(1, eras).get(Shard.of(1));
        owned.waiting().add(new Job(1, START, 1, 1, JobKind.FIRST));
        parts.emitter.tick();
        assertThat(rig.jobs()).as("the first check and slots in one batch").hasSizeGreaterThan(1);

        rig.redis.flushdb();
        ticker.move(1_100);
        parts.emitter.tick();
        parts.emitter.tick();

        assertThat(rig.jobs()).doesNotHaveDuplicates().extracting(Job::kind).contains(JobKind.FIRST, JobKind.GRID);
    }

    @Test
    void nothingIsEmittedWithoutALease() {
        OwnedShard owned =
                hold(1, List.of(new Era(1, 1, 0, Cadence.of(1, 1_000)))).get(Shard.of(1));
        owned.renewed(ticker.nanoTime() - 1);
        ticker.move(5_000);
        parts.emitter.tick();
        assertThat(rig.jobs()).isEmpty();

        parts.tenure.failed();
        parts.emitter.tick();
        assertThat(rig.jobs())
                .as("while nobody can renew, nobody can take over")
                .isNotEmpty();

        ticker.move(16 * 60_000);
        int before = rig.jobs().size();
        parts.emitter.tick();
        assertThat(rig.jobs()).as("but not for ever").hasSize(before);
    }

    @Test
    void afterAPauseTheNewestSlotIsAJobAndTheOthersAreAGap() {
        long id = rig.create(2).id();
        hold(1, List.of(new Era(id, 1, 0, Cadence.of(id, 2_000))));
        parts.emitter.tick();
        int before = rig.jobs().size();
        long watermark = parts.shards.get(Shard.of(id)).watermark();
        ticker.move(30_000); // no tick in between
        parts.emitter.tick();
        parts.gaps.write();

        assertThat(rig.jobs())
                .as("the newest, and one that is due next at most")
                .hasSizeBetween(before + 1, before + 2);
        int skipped = rig.jdbc
                .sql("SELECT sum(slots) FROM gap WHERE reason = 83")
                .query(Integer.class)
                .single();
        int due = slots(List.of(new Era(id, 1, 0, Cadence.of(id, 2_000))), watermark, START + 31_500)
                .size();
        assertThat(rig.jobs().size() - before + skipped).isEqualTo(due);
    }

    private List<OwnedShard> hold(long epoch, List<Era> eras) {
        return hold(parts, epoch, eras, START);
    }

    /** All shards, as if they had been acquired. */
    private List<OwnedShard> hold(SchedulerParts of, long epoch, List<Era> eras, long watermark) {
        List<OwnedShard> all = new ArrayList<>();
        for (int shard = 0; shard < Shard.COUNT; shard++) {
            DueRing ring = new DueRing();
            for (Era era : eras) {
                if (Shard.of(era.serviceId()) == shard) {
                    ring.apply(era);
                }
            }
            ring.settle(watermark);
            Watermark start = new Watermark(new ShardLease(shard, epoch), watermark);
            all.add(new OwnedShard(start, ring, ticker.nanoTime() + FOREVER));
        }
        of.emitter.adopt(all);
        return all;
    }

    private List<List<Long>> emitted() {
        return rig.jobs().stream()
                .map(job -> List.of(job.serviceId(), job.slot()))
                .toList();
    }

    private static Set<List<Long>> slots(List<Era> eras, long after, long to) {
        Set<List<Long>> slots = new HashSet<>();
        for (Era era : eras) {
            Cadence cadence = era.cadence();
            for (long slot = cadence.slotAfter(after); slot <= to; slot = cadence.slotAfter(slot)) {
                slots.add(List.of(era.serviceId(), slot));
            }
        }
        return slots;
    }
}
