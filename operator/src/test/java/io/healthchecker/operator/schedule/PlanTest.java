package io.healthchecker.operator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Gap;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Backlog;
import io.healthchecker.core.job.Backlog.Waiting;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.schedule.DueRing;
import io.healthchecker.core.schedule.Era;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
    private static final long NOW = 1_790_000_000_000L;

    @ParameterizedTest(name = "period {0} s, {1} s behind, newest slot {2} s ago: {3} jobs, {4} skipped")
    @CsvSource({
        "    1,    3,  0, 3, 0", // not behind enough to leave anything out
        "    1,   10,  0, 1, 9",
        "    5,   30,  2, 1, 5",
        "   60,   30, 20, 1, 0",
        "   60,  600, 59, 1, 9",
        "  300,   30, 20, 1, 0",
        "  300,  600, 61, 0, 2", // the newest slot is too old to be checked
        "  300,  600, 60, 1, 1",
        "86400, 3600, 61, 0, 1"
    })
    void afterAPauseOnlyTheNewestSlotIsChecked(int period, int behind, int newest, int jobs, int skipped) {
        DueRing ring = new DueRing();
        ring.apply(new Era(7, 1, 0, new Cadence(period * 1_000L, NOW - newest * 1_000L)));
        ring.settle(NOW - 3_700_000);

        Plan plan = Plan.of(ring, new Plan.Span(NOW - behind * 1_000L, NOW, NOW), Shed.NOTHING);

        assertThat(all(plan)).hasSize(jobs);
        assertThat(plan.gaps()).allMatch(gap -> gap.reason() == Reason.SKIPPED);
        assertThat(plan.gaps().stream().mapToInt(Gap::slots).sum()).isEqualTo(skipped);
        if (jobs == 1) {
            assertThat(all(plan)).extracting(Job::slot).containsExactly(NOW - newest * 1_000L);
        }
    }

    @RepeatedTest(20)
    void everySlotIsAJobOrInAGapNeverBothAndNeverNeither() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        DueRing ring = new DueRing();
        for (long id = 1; id <= 100; id++) {
            ring.apply(new Era(id, 1, 0, Cadence.of(id, 1_000L * (1 + random.nextInt(100)))));
        }
        ring.settle(NOW);
        long watermark = NOW - random.nextInt(900_000);
        Shed shed = new Shed(
                random.nextBoolean(), List.of(0L, 60_000L, Long.MAX_VALUE).get(random.nextInt(3)));
        Plan plan = Plan.of(ring, new Plan.Span(watermark, NOW, NOW + 1_500), shed);
        ShedRecord record = new ShedRecord();
        record.change(shed, ring, watermark);

        Set<List<Long>> seen = new HashSet<>();
        all(plan)
                .forEach(job -> assertThat(seen.add(List.of(job.serviceId(), job.slot())))
                        .as("seed %d", seed)
                        .isTrue());
        Stream.concat(plan.gaps().stream(), record.end(ring, NOW + 1_500).stream())
                .forEach(gap -> {
                    long step = gap.slots() == 1 ? 1 : (gap.toSlot() - gap.fromSlot()) / (gap.slots() - 1);
                    for (long slot = gap.fromSlot(); slot <= gap.toSlot(); slot += step) {
                        assertThat(seen.add(List.of(gap.serviceId(), slot)))
                                .as("seed %d", seed)
                                .isTrue();
                    }
                });
        Set<List<Long>> due = new HashSet<>();
        ring.due(watermark, NOW + 1_500).forEach(d -> due.add(List.of(d.serviceId(), d.slot())));
        assertThat(seen).as("seed %d", seed).isEqualTo(due);
    }

    @ParameterizedTest(name = "urgent {0} s, standard {1} s: leaves out {2}")
    @CsvSource({"0, 0, none", "30, 30, none", "31, 0, 5 10", "0, 31, 30 59", "31, 31, 5 10 30 59", "0, 91, 30 59 60 300"
    })
    void whatWaitsTooLongIsNotAddedTo(int urgent, int standard, String leavesOut) {
        Backlog backlog = new Backlog(new Waiting(urgent * 1_000L, 1, 0), new Waiting(standard * 1_000L, 1, 0));
        Shed shed = Shed.of(backlog, 30_000);
        String out = Stream.of(5, 10, 30, 59, 60, 300)
                .filter(period -> shed.leavesOut(period * 1_000L))
                .map(String::valueOf)
                .reduce((a, b) -> a + " " + b)
                .orElse("none");
        assertThat(out).isEqualTo(leavesOut);
    }

    @Test
    void oneGapAServiceIsWrittenForSomeSecondsOfShedding() {
        DueRing ring = new DueRing();
        ring.apply(new Era(7, 1, 0, new Cadence(1_000, 0)));
        ring.apply(new Era(8, 1, 0, new Cadence(20_000, 0)));
        ring.settle(NOW);
        ShedRecord record = new ShedRecord();
        Shed urgent = new Shed(true, 0);
        int gaps = 0;
        int slots = 0;
        for (long at = NOW; at <= NOW + 60_000; at += 250) {
            for (Gap gap : record.change(at < NOW + 50_000 ? urgent : Shed.NOTHING, ring, at)) {
                gaps++;
                slots += gap.slots();
                assertThat(gap.serviceId()).isEqualTo(7);
                assertThat(gap.reason()).isEqualTo(Reason.SHED);
            }
            ring.settle(at);
        }
        assertThat(slots).isEqualTo(50);
        assertThat(gaps).isLessThan(10);
    }

    private static List<Job> all(Plan plan) {
        return Stream.concat(plan.urgent().stream(), plan.standard().stream()).toList();
    }
}
