package io.healthchecker.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.GapTable.Window;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.schedule.Shard;
import io.healthchecker.testing.TestPostgres;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class GapTableTest {
    private static final long START = 1_790_000_000_000L;
    private static final int LOCATION = 1;
    private static final int SHARD = 7;
    private static final long MINUTE = 60_000;

    private JdbcClient jdbc;
    private GapTable gaps;

    @BeforeEach
    void openDatabase() {
        jdbc = JdbcClient.create(TestPostgres.freshDatabase());
        gaps = new GapTable(jdbc);
        jdbc.sql("CREATE TABLE check_result_all PARTITION OF check_result FOR VALUES FROM (0) TO (9000000000000)")
                .update();
        jdbc.sql("INSERT INTO team (name) VALUES ('team')").update();
    }

    @Test
    void slotsWithoutResultBecomeOneGapARun() {
        long id = service(1);
        change(id, 1, START, 10_000, true);
        List<Long> slots = slots(id, 10_000, START, START + 2 * MINUTE);
        result(id, slots.stream().filter(slot -> slots.indexOf(slot) % 5 < 3).toArray(Long[]::new));

        assertThat(audit(START, START + 2 * MINUTE)).isEqualTo(4);
        assertThat(stored())
                .containsExactly(
                        new Gap(id, slots.get(3), slots.get(4), 2, Reason.LOST),
                        new Gap(id, slots.get(8), slots.get(9), 2, Reason.LOST));
    }

    @Test
    void theNextWindowGoesOnWhereThisOneEnds() {
        long id = service(1);
        change(id, 1, START, 10_000, true);
        long lost = 0;
        for (long at = START; at < START + 10 * MINUTE; at += 7_777) {
            lost += audit(at, Math.min(at + 7_777, START + 10 * MINUTE));
        }
        assertThat(lost).isEqualTo(60);
        assertThat(stored().stream().mapToInt(Gap::slots).sum()).isEqualTo(60);
        assertThat(audit(START, START + 10 * MINUTE))
                .as("nothing is found twice")
                .isZero();
    }

    @Test
    void whatIsInAGapIsNoHole() {
        long id = service(1);
        change(id, 1, START, 10_000, true);
        List<Long> slots = slots(id, 10_000, START, START + MINUTE);
        gaps.insert(
                LOCATION,
                List.of(
                        new Gap(id, slots.get(0), slots.get(2), 3, Reason.SKIPPED),
                        new Gap(id, slots.get(4), slots.get(4), 1, Reason.SHED)));

        assertThat(audit(START, START + MINUTE)).isEqualTo(2);
        assertThat(stored())
                .filteredOn(gap -> gap.reason() == Reason.LOST)
                .extracting(Gap::fromSlot)
                .containsExactly(slots.get(3), slots.get(5));
    }

    @Test
    void aGapThatIsThereStaysAsItIs() {
        long id = service(1);
        Gap first = new Gap(id, START, START + 10_000, 2, Reason.SHED);
        gaps.insert(LOCATION, List.of(first));
        gaps.insert(LOCATION, List.of(new Gap(id, START, START + 20_000, 3, Reason.SKIPPED)));
        assertThat(stored()).containsExactly(first);
    }

    @Test
    void nothingIsDueWhileAServiceIsSuspendedOrOnceItIsDeleted() {
        long suspended = service(1);
        change(suspended, 1, START, 10_000, true);
        change(suspended, 2, START + MINUTE, 10_000, false);
        change(suspended, 3, START + 3 * MINUTE, 10_000, true);
        long deleted = service(2);
        change(deleted, 1, START, 10_000, true);
        change(deleted, 2, START, 10_000, false);

        assertThat(audit(START - MINUTE, START + 4 * MINUTE)).isEqualTo(12);
        assertThat(stored()).allMatch(gap -> gap.serviceId() == suspended);
    }

    @Test
    void aConfirmationFillsNoSlotOfTheGrid() {
        long id = service(1);
        change(id, 1, START, 10_000, true);
        long slot = slots(id, 10_000, START, START + 10_000).getFirst();
        result(id, slot + 1);
        assertThat(audit(START, START + 10_000)).isEqualTo(1);
        assertThat(stored()).containsExactly(new Gap(id, slot, slot, 1, Reason.LOST));
    }

    @Test
    void otherShardsAreOthersBusiness() {
        long id = service(1);
        change(id, 1, START, 10_000, true);
        assertThat(gaps.recordLost(SHARD + 1, LOCATION, new Window(START, START + MINUTE), false))
                .isZero();
    }

    @RepeatedTest(8)
    void theAuditFindsHolesAndOnlyHoles() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<Long, Set<Long>> wanted = new HashMap<>();
        for (int number = 1; number <= 8; number++) {
            long id = service(number);
            wanted.put(id, life(id, random));
        }
        Map<Long, Set<Long>> holes = new HashMap<>();
        wanted.forEach((id, slots) -> holes.put(id, cover(id, new ArrayList<>(slots), random)));

        long at = START - 5 * MINUTE;
        while (at < START + 20 * MINUTE) {
            long to = Math.min(START + 20 * MINUTE, at + 1 + random.nextInt(7 * 60_000));
            gaps.recordLost(SHARD, LOCATION, new Window(at, to), random.nextBoolean());
            at = to;
        }

        Map<Long, Set<Long>> found = new HashMap<>();
        wanted.keySet().forEach(id -> found.put(id, new TreeSet<>()));
        for (Gap gap : stored()) {
            if (gap.reason() == Reason.LOST) {
                TreeSet<Long> inside = new TreeSet<>(wanted.get(gap.serviceId()))
                        .subSet(gap.fromSlot(), true, gap.toSlot(), true).stream()
                                .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
                assertThat(inside).as("seed %d", seed).hasSize(gap.slots());
                found.get(gap.serviceId()).addAll(inside);
            }
        }
        assertThat(found).as("seed %d", seed).isEqualTo(holes);
    }

    /** A life of edits, suspensions and resumptions; returns the slots that it has until 20 minutes after the start. */
    private Set<Long> life(long id, Random random) {
        long end = START + 20 * MINUTE;
        List<long[]> eras = new ArrayList<>(); // effective, period or 0
        long at = START - random.nextInt(4 * 60_000);
        for (int version = 1; version <= 1 + random.nextInt(6); version++) {
            boolean active = version == 1 || random.nextInt(3) > 0;
            long period = 1_000L * (1 + random.nextInt(45));
            long effective = active ? at + 3_000 : at;
            change(id, version, effective, period, active);
            eras.add(new long[] {effective, active ? period : 0});
            at += 500 + random.nextInt(5 * 60_000);
        }
        Set<Long> slots = new TreeSet<>();
        for (int i = 0; i < eras.size(); i++) {
            long until = end + 1;
            for (long[] later : eras.subList(i + 1, eras.size())) {
                until = Math.min(until, later[0]);
            }
            if (eras.get(i)[1] > 0) {
                slots.addAll(slots(id, eras.get(i)[1], eras.get(i)[0] - 1, until - 1));
            }
        }
        return slots;
    }

    /** Gives most slots a result or a gap, and adds confirmations; returns the slots that are left. */
    private Set<Long> cover(long id, List<Long> slots, Random random) {
        Set<Long> holes = new TreeSet<>(slots);
        Set<Long> covered = new HashSet<>();
        List<Long> results = new ArrayList<>();
        List<Gap> shed = new ArrayList<>();
        boolean silent = random.nextInt(4) == 0;
        for (int i = 0; i < slots.size(); i++) {
            int dice = silent ? 9 : random.nextInt(10);
            if (dice < 7) {
                results.add(slots.get(i));
                covered.add(slots.get(i));
            } else if (dice == 7) {
                int last = Math.min(slots.size() - 1, i + random.nextInt(4));
                shed.add(new Gap(id, slots.get(i), slots.get(last), last - i + 1, Reason.SHED));
                covered.addAll(slots.subList(i, last + 1));
            } else if (dice == 8) {
                results.add(slots.get(i) + 1);
            }
        }
        result(id, results.toArray(Long[]::new));
        gaps.insert(LOCATION, shed);
        holes.removeAll(covered);
        return holes;
    }

    private long audit(long after, long to) {
        return gaps.recordLost(SHARD, LOCATION, new Window(after, to), false);
    }

    private static List<Long> slots(long id, long period, long after, long to) {
        List<Long> slots = new ArrayList<>();
        Cadence cadence = Cadence.of(id, period);
        for (long slot = cadence.slotAfter(after); slot <= to; slot += period) {
            slots.add(slot);
        }
        return slots;
    }

    /** The n-th service of the shard. */
    private long service(int number) {
        long id = 0;
        for (int found = 0; found < number; ) {
            id++;
            found += Shard.of(id) == SHARD ? 1 : 0;
        }
        jdbc.sql("""
                        INSERT INTO service (id, team_id, name, source, definition, shard) OVERRIDING SYSTEM VALUE
                        SELECT :id, min(t.id), 'service ' || :id, 1, '{}', :shard FROM team AS t
                        """).param("id", id).param("shard", SHARD).update();
        return id;
    }

    private void change(long id, long version, long effective, long period, boolean active) {
        jdbc.sql("""
                        INSERT INTO service_change (service_id, shard, version, op, at_ms, effective_ms, period_ms, phase_ms,
                                                    timeout_ms, active)
                        VALUES (:id, :shard, :version, 2, :effective, :effective, :period, :phase, 1000, :active)
                        """)
                .param("id", id)
                .param("shard", SHARD)
                .param("version", version)
                .param("effective", effective)
                .param("period", period)
                .param("phase", Cadence.of(id, period).phaseMillis())
                .param("active", active)
                .update();
    }

    private void result(long id, Long... slots) {
        jdbc.sql("""
                        INSERT INTO check_result (service_id, slot, version, lateness_ms, latency_us, worker_id, location_id,
                                                  outcome, reason, kind, flags)
                        SELECT :id, slot, 1, 0, 0, 1, :location, 1, 0, 0, 0 FROM unnest(:slots) AS s (slot)
                        ON CONFLICT DO NOTHING
                        """)
                .param("id", id)
                .param("slots", slots)
                .param("location", LOCATION)
                .update();
    }

    private List<Gap> stored() {
        return jdbc.sql("SELECT * FROM gap ORDER BY service_id, from_slot")
                .query((row, number) -> new Gap(
                        row.getLong("service_id"),
                        row.getLong("from_slot"),
                        row.getLong("to_slot"),
                        row.getInt("slots"),
                        Reason.of(row.getInt("reason"))))
                .list();
    }
}
