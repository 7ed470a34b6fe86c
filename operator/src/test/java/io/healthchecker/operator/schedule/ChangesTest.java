package io.healthchecker.operator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.schedule.Due;
import io.healthchecker.core.schedule.Shard;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.ServiceChange;
import io.healthchecker.core.service.ServiceChangeTable;
import java.sql.Connection;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private final TestTicker ticker = TestTicker.running();
    private Rig rig;
    private SchedulerParts parts;

    @BeforeEach
    void set() {
        rig = new Rig();
        parts = rig.parts(ticker);
        parts.keeper.step();
    }

    @AfterEach
    void away() {
        rig.close();
    }

    @Test
    void aNewServiceIsCheckedAtOnce() {
        Service service = rig.create(3_600);
        assertThat(parts.keeper.step()).as("a first check waits").isTrue();
        parts.emitter.tick();
        assertThat(firstJobs()).containsExactly(first(service));

        assertThat(parts.keeper.step()).isFalse();
        parts.emitter.tick();
        assertThat(firstJobs()).as("once").hasSize(1);
    }

    @Test
    void aResumedServiceIsCheckedAtOnceAndASuspendedOneNot() {
        Service service = rig.create(3_600);
        rig.change(service, 3_600, true);
        assertThat(parts.keeper.step())
                .as("created and suspended before we looked")
                .isFalse();
        assertThat(parts.shards.get(Shard.of(service.id())).ring().size()).isZero();

        rig.change(service, 3_600, false);
        assertThat(parts.keeper.step()).isTrue();
        parts.emitter.tick();
        assertThat(firstJobs()).hasSize(1);
    }

    @Test
    void aChangeThatIsReadAgainChangesNothing() throws Exception {
        try (Connection slow = rig.database.getConnection()) {
            slow.setAutoCommit(false);
            slow.createStatement().execute("SELECT pg_current_xact_id()"); // holds the horizon back
            Service service = rig.create(60);
            parts.keeper.step();
            Service doomed = rig.create(60);
            parts.keeper.step();
            rig.remove(doomed);
            for (int i = 0; i < 3; i++) {
                parts.keeper.step();
                parts.emitter.tick();
                // what the ring remembers of the removed service is forgotten
                parts.shards.all().forEach(owned -> owned.ring().settle(owned.watermark() + 60_000));
            }
            assertThat(rig.jobs())
                    .filteredOn(job -> job.kind() == JobKind.FIRST)
                    .hasSize(2);
            assertThat(ring(service)).isNotEmpty();
            assertThat(parts.shards.get(Shard.of(doomed.id())).ring().due(0, 0)).isEmpty();
            assertThat(total()).isEqualTo(1);
        }
    }

    @Test
    void aChangeThatCommitsLaterThanANewerOneIsNotMissed() throws Exception {
        try (Connection slow = rig.database.getConnection()) {
            slow.setAutoCommit(false);
            slow.createStatement().execute("""
                    INSERT INTO service (id, team_id, name, source, definition, shard) OVERRIDING SYSTEM VALUE
                    SELECT 1000000, min(id), 'slow', 1, '{}', %d FROM team
                    """.formatted(Shard.of(1_000_000)));
            slow.createStatement()
                    .execute("""
                    INSERT INTO service_change (service_id, shard, version, op, at_ms, effective_ms, period_ms, phase_ms,
                                                timeout_ms, active)
                    VALUES (1000000, %d, 1, 1, %d, %d, 60000, 0, 1000, true)
                    """.formatted(Shard.of(1_000_000), rig.databaseMillis(), rig.databaseMillis()));
            rig.create(60);
            parts.keeper.step();
            parts.keeper.step();
            assertThat(total()).isEqualTo(1);
            slow.commit();
        }
        parts.keeper.step();
        assertThat(total()).isEqualTo(2);
    }

    @RepeatedTest(3)
    void editsLoseNoSlotAndDoubleNone() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Service> services = Stream.generate(() -> rig.create(2 + random.nextInt(8)))
                .limit(20)
                .toList();
        long from = rig.databaseMillis();
        for (int i = 0; i < 40; i++) {
            if (random.nextInt(3) == 0) {
                rig.change(services.get(random.nextInt(20)), 2 + random.nextInt(8), random.nextInt(6) == 0);
            }
            parts.keeper.step();
            ticker.move(random.nextInt(40)); // far below what counts as a jump
            parts.emitter.tick();
        }
        parts.gaps.write();
        ServiceChangeTable changes = new ServiceChangeTable(rig.jdbc);
        for (Service service : services) {
            List<Long> emitted = Stream.concat(
                            rig.jobs().stream()
                                    .filter(job -> job.serviceId() == service.id() && job.kind() == JobKind.GRID)
                                    .map(Job::slot),
                            rig.skipped(service).stream())
                    .toList();
            assertThat(emitted).as("seed %d", seed).doesNotHaveDuplicates();
            long to = parts.shards.get(Shard.of(service.id())).watermark();
            assertThat(emitted)
                    .as("seed %d service %d from %d", seed, service.id(), from)
                    .containsAll(slots(changes.of(service.id()), to));
        }
    }

    @Test
    void whoTakesOverLoadsPendingChangesAndWhatIsStillInForce() {
        Service service = rig.create(60);
        rig.jdbc
                .sql("UPDATE service_change SET effective_ms = effective_ms - 100000, at_ms = at_ms - 100000")
                .update();
        parts.keeper.step();
        parts.emitter.tick();
        rig.change(service, 2, false);
        rig.expireLeases();
        SchedulerParts successor = rig.parts(ticker);
        successor.keeper.step();

        ServiceChange newest = new ServiceChangeTable(rig.jdbc).of(service.id()).getLast();
        OwnedShard owned = successor.shards.get(Shard.of(service.id()));
        List<Due> due = owned.ring().due(newest.effectiveMillis() - 61_000, newest.effectiveMillis() + 10_000);
        assertThat(due).filteredOn(d -> d.version() == 1).hasSizeBetween(1, 2);
        assertThat(due)
                .filteredOn(d -> d.version() == 2)
                .hasSize(5)
                .allMatch(d -> d.slot() >= newest.effectiveMillis());
    }

    @Test
    void whoTakesOverSoonAfterACreationChecksItAtOnce() {
        Service service = rig.create(3_600);
        SchedulerParts late = rig.parts(ticker); // nobody had read the change
        rig.expireLeases();
        late.keeper.step();
        late.emitter.tick();
        assertThat(rig.jobs()).contains(first(service));
    }

    @Test
    void aRingThatDiffersFromTheDatabaseIsLoadedAnew() throws Exception {
        Service service = rig.create(60);
        rig.create(60);
        parts.keeper.step();
        assertThat(parts.keeper.checkDrift()).isEmpty();

        int shard = Shard.of(service.id());
        parts.emitter.replaceRing(parts.shards.get(shard), new io.healthchecker.core.schedule.DueRing());
        assertThat(parts.keeper.checkDrift()).containsExactly(shard);
        assertThat(total()).isEqualTo(2);
        assertThat(parts.keeper.checkDrift()).isEmpty();
    }

    /** Whatever slot of the grid may be due at this very moment. */
    private List<Job> firstJobs() {
        return rig.jobs().stream().filter(job -> job.kind() == JobKind.FIRST).toList();
    }

    private int total() {
        return parts.shards.all().stream()
                .mapToInt(owned -> owned.ring().size())
                .sum();
    }

    private List<Due> ring(Service service) {
        long now = parts.clock.epochMillis();
        return parts.shards.get(Shard.of(service.id())).ring().due(now, now + 120_000);
    }

    private Job first(Service service) {
        ServiceChange change = new ServiceChangeTable(rig.jdbc).of(service.id()).getFirst();
        return new Job(service.id(), change.atMillis(), 1, service.version(), JobKind.FIRST);
    }

    private static List<Long> slots(List<ServiceChange> changes, long to) {
        List<Long> slots = new java.util.ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            long until = to + 1;
            for (ServiceChange later : changes.subList(i + 1, changes.size())) {
                until = Math.min(until, later.effectiveMillis());
            }
            Cadence cadence = changes.get(i).cadence();
            long slot = cadence.slotAfter(changes.get(i).effectiveMillis() - 1);
            for (; changes.get(i).active() && slot < until; slot += cadence.periodMillis()) {
                slots.add(slot);
            }
        }
        return slots;
    }
}
