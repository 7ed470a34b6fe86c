package io.healthchecker.operator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKeys;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.schedule.Shard;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class LeasesTest {
    private final TestTicker ticker = TestTicker.running();
    private Rig rig;

    @BeforeEach
    void set() {
        rig = new Rig();
    }

    @AfterEach
    void away() {
        rig.close();
    }

    @Test
    void oneThenTwoThenOneShareAllShardsAndNoWatermarkGoesBack() {
        SchedulerParts a = rig.parts(ticker);
        a.keeper.step();
        a.emitter.tick();
        assertThat(a.shards.count()).isEqualTo(256);
        Map<Integer, Long> watermarks = watermarks(a);

        SchedulerParts b = rig.parts(ticker);
        b.keeper.step();
        a.leases.renew();
        assertThat(a.shards.count()).isEqualTo(128);
        assertThat(b.shards.count()).isEqualTo(128);
        watermarks(b).forEach((shard, watermark) -> assertThat(watermark).isEqualTo(watermarks.get(shard)));

        assertThat(b.keeper.leave()).isTrue();
        a.keeper.step();
        assertThat(a.shards.count()).isEqualTo(256);
        b.keeper.step();
        assertThat(b.shards.count()).as("it has learnt of it").isZero();
        b.keeper.drain();

        assertThat(a.keeper.leave()).as("nobody is left").isFalse();
    }

    @Test
    void twoWhoLeaveAtOnceDoNotWaitForEachOther() {
        SchedulerParts a = rig.parts(ticker);
        SchedulerParts b = rig.parts(ticker);
        a.keeper.step();
        b.keeper.step();

        assertThat(a.keeper.leave()).isTrue();
        assertThat(b.keeper.leave()).isFalse();
        a.keeper.step();
        assertThat(a.keeper.hasOthers()).isFalse();
    }

    @Test
    void aHolderGoesOnUntilItsSuccessorBegins() {
        Service service = rig.create(2);
        TestTicker standing = TestTicker.standing(Ticker.system().epochMillis()); // or the lease would end meanwhile
        SchedulerParts old = rig.parts(standing);
        old.keeper.step();
        old.emitter.tick();
        old.keeper.leave();
        SchedulerParts successor = rig.parts(standing);
        successor.keeper.step(); // it has taken everything, and emitted nothing
        // until it has emitted a slot: they begin some seconds after the service
        for (int second = 0; second < 5; second++) {
            standing.move(1_000);
            old.emitter.tick();
        }
        int shard = Shard.of(service.id());
        long emitted = old.shards.get(shard).watermark();

        successor.emitter.tick();
        assertThat(successor.shards.get(shard).watermark())
                .as("what came meanwhile is not done twice")
                .isGreaterThanOrEqualTo(emitted);
        standing.move(1_000);
        old.emitter.tick();
        assertThat(old.shards.count()).as("Redis has refused it").isZero();
        successor.emitter.tick();

        assertThat(rig.jobs())
                .filteredOn(job -> job.kind() == JobKind.GRID)
                .extracting(Job::slot)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(1);
    }

    @Test
    void whoFallsSilentIsReplacedAndRefusedWhenItComesBack() {
        Service service = rig.create(2);
        SchedulerParts frozen = rig.parts(ticker);
        frozen.keeper.step();
        frozen.emitter.tick();
        rig.expireLeases();

        SchedulerParts other = rig.parts(ticker);
        other.keeper.step();
        assertThat(other.shards.count()).isEqualTo(256);
        ticker.move(1_100);
        other.emitter.tick();
        int jobs = rig.jobs().size();

        OwnedShard zombie = frozen.shards.get(Shard.of(service.id()));
        frozen.emitter.tick(); // it does not know yet, but Redis does
        assertThat(rig.jobs()).hasSize(jobs);
        assertThat(frozen.shards.has(zombie)).isFalse();
        frozen.leases.saveWatermarks();
        frozen.leases.renew();
        assertThat(frozen.shards.count()).isZero();
        other.leases.saveWatermarks();
        assertThat(other.shards.count()).isEqualTo(256);
    }

    @Test
    void theSuccessorGoesOnWhereRedisSaysThatTheScheduleIs() {
        SchedulerParts first = rig.parts(ticker);
        first.keeper.step();
        first.emitter.tick();
        Map<Integer, Long> emitted = watermarks(first); // and not saved
        rig.expireLeases();

        SchedulerParts successor = rig.parts(ticker);
        successor.keeper.step();
        assertThat(watermarks(successor)).isEqualTo(emitted);
    }

    @Test
    void theSuccessorGoesBackALittleIfRedisWasEmptied() {
        SchedulerParts first = rig.parts(ticker);
        first.keeper.step();
        first.emitter.tick();
        first.leases.saveWatermarks();
        rig.redis.flushdb();
        rig.expireLeases();

        SchedulerParts successor = rig.parts(ticker);
        successor.keeper.step();
        long now = successor.clock.epochMillis();
        assertThat(watermarks(successor).values()).allMatch(watermark -> watermark <= now - Emitter.REFILL_MILLIS);
    }

    @Test
    void watermarksAreSaved() {
        SchedulerParts parts = rig.parts(ticker);
        parts.keeper.step();
        parts.emitter.tick();
        parts.leases.saveWatermarks();
        Map<Integer, Long> saved = new HashMap<>();
        rig.jdbc.sql("SELECT shard, watermark_ms FROM scheduler_shard").query(row -> {
            saved.put(row.getInt(1), row.getLong(2));
        });
        assertThat(saved).isEqualTo(watermarks(parts));
    }

    @Test
    void aDatabaseFromABackupOutgrowsWhatRedisRemembers() {
        for (int shard = 0; shard < Shard.COUNT; shard++) {
            byte[] mark = Rig.key(JobKeys.mark(JobKeys.group(shard)));
            rig.redis.hset(mark, Rig.key("e" + shard), Rig.key("4711"));
            rig.redis.hset(mark, Rig.key("w" + shard), Rig.key(Long.toString(rig.databaseMillis())));
        }
        SchedulerParts parts = rig.parts(ticker);
        parts.keeper.step();
        ticker.move(1_000);
        parts.emitter.tick();
        assertThat(parts.shards.count()).isEqualTo(256);
        assertThat(parts.shards.all()).allMatch(owned -> owned.lease().epoch() == 4712 && !owned.takesOver());
    }

    @Test
    void aJumpOfTheClockGivesAllShardsUpAndTheyStartAgainByTheNewTime() {
        SchedulerParts parts = rig.parts(ticker);
        parts.keeper.step();
        parts.emitter.tick();
        ticker.move(60_000); // as if the database's clock had been a minute ahead until now
        parts.shards.all().forEach(owned -> owned.renewed(ticker.nanoTime() + 60_000_000_000L));
        parts.emitter.tick();
        long future = watermarks(parts).get(0);
        parts.keeper.step();

        assertThat(parts.shards.count()).isEqualTo(256);
        assertThat(parts.shards.all()).allMatch(owned -> owned.lease().epoch() == 2);
        assertThat(watermarks(parts).get(0))
                .isLessThan(future)
                .isLessThanOrEqualTo(parts.clock.epochMillis() + Emitter.LEAD_MILLIS);
        ticker.move(1_000);
        parts.emitter.tick();
        assertThat(parts.shards.all()).noneMatch(OwnedShard::takesOver);
    }

    @Test
    void aRenewalThatTakesLongIsNoJumpOfTheClock() {
        var slow = new Slow();
        SchedulerParts parts = rig.parts(ticker, JdbcClient.create(slow));
        parts.keeper.step();

        slow.connections.set(0);
        slow.pauseMillis = 5_000;
        parts.leases.renew();

        assertThat(slow.connections).hasValue(2);
        assertThat(parts.shards.all())
                .hasSize(256)
                .allMatch(owned -> owned.lease().epoch() == 1);
        assertThat(parts.clock.ownClockAheadMillis()).isBetween(-1_000L, 1_000L);
    }

    /** Answers the first question at once and the others later, once a pause is set. */
    private final class Slow extends DelegatingDataSource {
        private final AtomicInteger connections = new AtomicInteger();
        private long pauseMillis;

        Slow() {
            super(rig.database);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (connections.incrementAndGet() > 1) {
                ticker.move(pauseMillis);
            }
            return super.getConnection();
        }
    }

    @Test
    void aLeaseCountsFromBeforeItsRenewalWasSent() {
        SchedulerParts parts = rig.parts(ticker);
        long before = ticker.nanoTime();
        parts.keeper.step();
        long after = ticker.nanoTime();
        assertThat(parts.shards.all())
                .allSatisfy(owned ->
                        assertThat(owned.validUntilNanos() - 7_000_000_000L).isBetween(before, after));
        ticker.move(7_001);
        assertThat(parts.shards.usable(0)).isEmpty();
        parts.keeper.step();
        assertThat(parts.shards.usable(0)).hasSize(32);
    }

    private static Map<Integer, Long> watermarks(SchedulerParts parts) {
        Map<Integer, Long> watermarks = new HashMap<>();
        for (OwnedShard owned : List.copyOf(parts.shards.all())) {
            watermarks.put(owned.shard(), owned.watermark());
        }
        return watermarks;
    }
}
