package io.healthchecker.operator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKeys;
import io.healthchecker.core.schedule.Shard;
import io.healthchecker.core.service.Service;
import io.lettuce.core.XAddArgs;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class OutageTest {
    private final TestTicker ticker = TestTicker.running();
    private Rig rig;
    private Switched database;
    private SchedulerParts parts;

    /** A database that goes away when it is told to. */
    private static final class Switched extends DelegatingDataSource {
        private boolean away;

        Switched(Rig rig) {
            super(rig.database);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (away) {
                throw new SQLException("away");
            }
            return super.getConnection();
        }
    }

    @BeforeEach
    void set() {
        rig = new Rig();
        database = new Switched(rig);
        parts = rig.parts(ticker, JdbcClient.create(database));
    }

    @AfterEach
    void away() {
        rig.close();
    }

    @Test
    void jobsGoOnWhileTheDatabaseIsAwayAndNothingIsLostWhenItIsBack() {
        Service service = begun(2);
        parts.keeper.step();
        parts.emitter.tick();
        long from = watermark(service);
        database.away = true;
        for (int i = 0; i < 20; i++) {
            ticker.move(1_000);
            parts.keeper.step();
            parts.emitter.tick();
        }
        long to = watermark(service);
        assertThat(to - from).as("the lease ended long ago").isGreaterThanOrEqualTo(19_000);
        List<Long> slots = within(from, to, rig.jobs().stream().map(Job::slot));
        assertThat(slots).doesNotHaveDuplicates();

        database.away = false;
        ticker.move(-20_000); // the database's time did not move as ours did
        parts.leases.renew();
        parts.leases.saveWatermarks();
        assertThat(parts.shards.count()).isEqualTo(256);
        assertThat(parts.shards.all()).allMatch(owned -> owned.lease().epoch() == 1);
        parts.gaps.write();
        List<Long> skipped = within(from, to, rig.skipped(service).stream());
        assertThat(slots.size() + skipped.size()).isBetween((int) (to - from) / 2_000, (int) (to - from) / 2_000 + 1);
    }

    @Test
    void whoTookOverDuringTheOutageIsObeyedAtRedis() {
        Service service = begun(2);
        parts.keeper.step();
        parts.emitter.tick();
        database.away = true;
        ticker.move(8_000);
        parts.keeper.step();
        rig.expireLeases();
        SchedulerParts other = rig.parts(ticker);
        other.keeper.step();
        other.emitter.tick();
        int jobs = rig.jobs().size();

        ticker.move(4_000);
        parts.emitter.tick();
        assertThat(rig.jobs()).hasSize(jobs);
        assertThat(parts.shards.get(Shard.of(service.id()))).isNull();
    }

    @Test
    void whatTheWorkersCannotKeepUpWithIsLeftOutAndTold() {
        Service urgent = begun(5);
        Service standard = begun(20);
        parts.keeper.step();
        parts.emitter.tick();
        allGroups();
        for (int group = 0; group < JobKeys.GROUPS; group++) {
            rig.redis.del(Rig.key(JobKeys.standard(group)));
            // waits since 1970, and nobody takes it
            rig.redis.xadd(
                    Rig.key(JobKeys.standard(group)), new XAddArgs().id("1-0"), Map.of(Rig.key("j"), new byte[1]));
        }
        allGroups();
        long from = watermark(standard);
        for (int i = 0; i < 60; i++) {
            ticker.move(1_000);
            parts.shards.all().forEach(owned -> owned.renewed(ticker.nanoTime() + 1_000_000_000));
            parts.emitter.tick();
        }
        long to = watermark(standard);
        parts.emitter.retire(List.of(parts.shards.get(Shard.of(standard.id()))));
        parts.gaps.write();

        String stream = JobKeys.standard(JobKeys.group(Shard.of(standard.id())));
        assertThat(rig.redis.xlen(Rig.key(stream))).as("nothing was added").isEqualTo(1);
        assertThat(rig.jobs(JobKeys.urgent(JobKeys.group(Shard.of(urgent.id())))))
                .as("what is urgent was not in the way")
                .hasSizeGreaterThan(10);
        int shed = rig.jdbc
                .sql(
                        "SELECT sum(slots) FROM gap WHERE service_id = :id AND reason IN (:shed, :skipped) AND from_slot > :from AND to_slot <= :to")
                .param("id", standard.id())
                .param("shed", Reason.SHED.code())
                .param("skipped", Reason.SKIPPED.code()) // as on a busy machine
                .param("from", from)
                .param("to", to)
                .query(Integer.class)
                .single();
        assertThat(shed).isBetween((int) (to - from) / 20_000, (int) (to - from) / 20_000 + 1);
    }

    private static List<Long> within(long from, long to, Stream<Long> slots) {
        return slots.filter(slot -> slot > from && slot <= to).toList();
    }

    /** A service that has had its cadence for a while. */
    private Service begun(int periodSeconds) {
        Service service = rig.create(periodSeconds);
        rig.jdbc
                .sql("UPDATE service_change SET at_ms = at_ms - 60000, effective_ms = effective_ms - 60000")
                .update();
        return service;
    }

    private void allGroups() {
        parts.queues.tend(List.of(0, 1, 2, 3, 4, 5, 6, 7));
    }

    private long watermark(Service service) {
        return parts.shards.get(Shard.of(service.id())).watermark();
    }
}
