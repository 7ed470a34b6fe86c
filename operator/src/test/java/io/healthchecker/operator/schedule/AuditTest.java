package io.healthchecker.operator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.schedule.Shard;
import io.healthchecker.core.service.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditTest {
    private final TestTicker ticker = TestTicker.running();
    private Rig rig;
    private SchedulerParts parts;
    private Service service;
    private OwnedShard owned;

    /** A service of 10 s that began half an hour ago and was never checked. */
    @BeforeEach
    void set() {
        rig = new Rig();
        service = rig.create(10);
        rig.jdbc
                .sql("UPDATE service_change SET effective_ms = effective_ms - 1800000")
                .update();
        rig.jdbc
                .sql(
                        "UPDATE scheduler_shard SET audited_ms = (extract(epoch FROM clock_timestamp()) * 1000)::bigint - 3000000")
                .update();
        parts = rig.parts(ticker);
        parts.keeper.step();
        parts.emitter.tick();
        owned = parts.shards.get(Shard.of(service.id()));
    }

    @AfterEach
    void away() {
        rig.close();
    }

    @Test
    void allThatIsOldEnoughIsAuditedInWindows() {
        long before = rig.databaseMillis();
        int windows = 0;
        long lost = 0;
        for (long found = 0; found >= 0; found = parts.audit.next(owned)) {
            lost += found;
            windows++;
        }
        assertThat(windows).isEqualTo(1 + 5);
        assertThat(lost).as("30 min less 90 s").isBetween(167L, 171L);
        assertThat(slotsInGaps()).isEqualTo(lost);
        assertThat(audited()).isBetween(before - 110_000, rig.databaseMillis() - 90_000);
    }

    @Test
    void whoLostTheShardRecordsNothing() {
        long before = audited();
        rig.jdbc.sql("UPDATE scheduler_shard SET epoch = epoch + 1").update();
        while (audited() == before && parts.audit.next(owned) != 0) {
            // until the first window that would have found something
        }
        assertThat(audited()).isEqualTo(before);
        assertThat(slotsInGaps()).isZero();
    }

    @Test
    void farBehindAServiceThatWasNeverCheckedLeavesOneGapAnHour() {
        rig.jdbc
                .sql("UPDATE service_change SET effective_ms = effective_ms - 36000000")
                .update();
        rig.jdbc
                .sql("UPDATE scheduler_shard SET audited_ms = audited_ms - 36000000")
                .update();
        while (parts.audit.next(owned) >= 0) {
            // as far as it goes
        }
        assertThat(slotsInGaps()).isBetween(3_760L, 3_780L);
        assertThat(rig.jdbc.sql("SELECT count(*) FROM gap").query(Long.class).single())
                .isLessThan(20);
    }

    @Test
    void theRoundWaitsForGapsThatAreOnTheirWayAndForTheDatabaseToBeThereForLong() {
        parts.audits.step();
        ticker.move(61_000);
        parts.audits.step();
        assertThat(slotsInGaps()).as("the database was not there for 90 s yet").isZero();
        ticker.move(61_000);
        parts.audits.step();
        ticker.move(61_000);
        for (int i = 0; i < 100; i++) {
            parts.audits.step();
        }
        assertThat(slotsInGaps()).isGreaterThan(0);
        assertThat(rig.meters
                        .get("hc.schedule.gap.slots")
                        .tag("reason", "LOST")
                        .counter()
                        .count())
                .isEqualTo((double) slotsInGaps());
    }

    private long audited() {
        return rig.jdbc
                .sql("SELECT audited_ms FROM scheduler_shard WHERE shard = :shard")
                .param("shard", owned.shard())
                .query(Long.class)
                .single();
    }

    private long slotsInGaps() {
        return rig.jdbc
                .sql("SELECT coalesce(sum(slots), 0) FROM gap WHERE reason = 81")
                .query(Long.class)
                .single();
    }
}
