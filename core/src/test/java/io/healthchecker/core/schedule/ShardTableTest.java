package io.healthchecker.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.testing.TestPostgres;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ShardTableTest {
    private JdbcClient jdbc;
    private ShardTable shards;
    private SchedulerTable schedulers;

    @BeforeEach
    void openDatabase() {
        jdbc = JdbcClient.create(TestPostgres.freshDatabase());
        shards = new ShardTable(jdbc);
        schedulers = new SchedulerTable(jdbc);
    }

    @Test
    void oneSchedulerTakesAll() {
        schedulers.beat("a", false);
        List<Watermark> all = acquire("a", 0, 1_000);
        assertThat(all).hasSize(256);
        assertThat(all).allSatisfy(one -> assertThat(one.lease().epoch()).isEqualTo(1));
        assertThat(acquire("a", 256, 1_000)).isEmpty();
    }

    @Test
    void nobodyTakesMoreThanItsShare() {
        schedulers.beat("a", false);
        schedulers.beat("b", false);
        schedulers.beat("c", false);
        assertThat(acquire("a", 0, 1_000)).hasSize(86);
        assertThat(acquire("b", 0, 1_000)).hasSize(86);
        assertThat(acquire("c", 0, 1_000)).hasSize(84);
    }

    @Test
    void whoLeavesOrIsSilentHasNoShare() {
        schedulers.beat("a", false);
        schedulers.beat("b", true);
        schedulers.beat("c", false);
        jdbc.sql("UPDATE scheduler SET seen_at = seen_at - interval '8 s' WHERE name = 'c'")
                .update();
        assertThat(schedulers.live()).isEqualTo(1);
        assertThat(acquire("a", 0, 1_000)).hasSize(256);
    }

    @Test
    void whatSomebodyHoldsBeyondItsShareIsForOthers() {
        schedulers.beat("a", false);
        List<ShardLease> all = leases(acquire("a", 0, 256));
        assertThat(shards.withinReach("a", 256, 256)).isEmpty();

        schedulers.beat("b", false);
        List<ShardLease> taken = leases(acquire("b", 0, 256));
        assertThat(taken).hasSize(128);
        assertThat(shards.renew("a", all)).hasSize(128);
        assertThat(shards.withinReach("a", 128, 256)).isEmpty();
        assertThat(shards.withinReach("b", 128, 256)).isEmpty();
    }

    @Test
    void whatOneWhoLeavesHoldsIsForOthersWhileItGoesOn() {
        schedulers.beat("a", false);
        List<ShardLease> all = leases(acquire("a", 0, 256));
        schedulers.beat("a", true);
        schedulers.beat("b", false);
        assertThat(shards.renew("a", all)).hasSize(256);

        assertThat(acquire("b", 0, 100)).hasSize(100);
        assertThat(shards.renew("a", all)).hasSize(156);
    }

    @Test
    void whoeverSawAnOlderLeaseTakesNothing() {
        schedulers.beat("a", false);
        List<ShardLease> seen = leases(shards.withinReach("a", 0, 10));
        assertThat(shards.take("a", seen)).hasSize(10);

        assertThat(shards.take("b", seen)).isEmpty();
    }

    @Test
    void noShardGoesToTwo() throws Exception {
        List<String> names = List.of("a", "b", "c", "d");
        names.forEach(name -> schedulers.beat(name, false));
        List<Callable<List<Watermark>>> race = new ArrayList<>();
        for (String name : names) {
            race.add(() -> {
                List<Watermark> mine = new ArrayList<>();
                while (mine.size() < 64) {
                    mine.addAll(acquire(name, mine.size(), 10));
                }
                return mine;
            });
        }
        Set<Integer> taken = new HashSet<>();
        try (var executor = Executors.newFixedThreadPool(4)) {
            for (Future<List<Watermark>> one : executor.invokeAll(race)) {
                assertThat(one.get()).hasSize(64);
                one.get()
                        .forEach(mark ->
                                assertThat(taken.add(mark.lease().shard())).isTrue());
            }
        }
        assertThat(taken).hasSize(256);
    }

    @Test
    void whoeverWasDeposedCanChangeNothing() {
        schedulers.beat("a", false);
        ShardLease old = acquire("a", 0, 1).getFirst().lease();
        expire(old.shard());
        ShardLease current = shards.take("b", List.of(old)).getFirst().lease();
        assertThat(current).isEqualTo(new ShardLease(old.shard(), old.epoch() + 1));

        assertThat(shards.renew("a", List.of(old))).isEmpty();
        assertThat(shards.save(List.of(new Watermark(old, 1)))).isEmpty();
        assertThat(shards.release(List.of(new Watermark(old, 1)))).isEmpty();
        assertThat(shards.advanceAudited(old, Long.MAX_VALUE)).isFalse();
        assertThat(shards.outgrow(old, 100)).isEmpty();
        assertThat(shards.renew("b", List.of(current))).containsExactly(current);
        assertThat(watermark(old.shard())).isGreaterThan(1);
    }

    @Test
    void aLeaseThatIsOverMayBeRenewedWhileNobodyTookTheShard() {
        schedulers.beat("a", false);
        ShardLease lease = acquire("a", 0, 1).getFirst().lease();
        expire(lease.shard());
        assertThat(shards.renew("a", List.of(lease))).containsExactly(lease);
        assertThat(acquire("b", 0, 256)).noneMatch(mark -> mark.lease().shard() == lease.shard());
    }

    @Test
    void whatIsReleasedGoesOnElsewhereFromTheSameWatermark() {
        schedulers.beat("a", false);
        List<Watermark> all = acquire("a", 0, 256);
        List<Watermark> given = all.stream()
                .limit(3)
                .map(mark -> new Watermark(mark.lease(), mark.millis() + 1_234))
                .toList();
        assertThat(shards.release(given)).hasSize(3);
        assertThat(shards.renew("a", List.of(given.getFirst().lease())))
                .as("a release is final")
                .isEmpty();

        assertThat(acquire("a", 253, 256))
                .extracting(Watermark::millis)
                .containsExactlyInAnyOrderElementsOf(
                        given.stream().map(Watermark::millis).toList());
    }

    @Test
    void anEpochOutgrowsTheOneThatRedisRemembers() {
        schedulers.beat("a", false);
        ShardLease lease = acquire("a", 0, 1).getFirst().lease();
        ShardLease higher = shards.outgrow(lease, 41).orElseThrow();
        assertThat(higher.epoch()).isEqualTo(42);
        assertThat(shards.renew("a", List.of(lease))).isEmpty();
        assertThat(shards.renew("a", List.of(higher))).containsExactly(higher);
    }

    @Test
    void theAuditOnlyGoesForward() {
        schedulers.beat("a", false);
        ShardLease lease = acquire("a", 0, 1).getFirst().lease();
        long audited = shards.auditedMillis(lease.shard());
        assertThat(shards.advanceAudited(lease, audited + 10)).isTrue();
        assertThat(shards.advanceAudited(lease, audited + 5)).isFalse();
        assertThat(shards.auditedMillis(lease.shard())).isEqualTo(audited + 10);
    }

    @Test
    void whoLeavesIsForgotten() {
        schedulers.beat("a", false);
        schedulers.beat("b", false);
        jdbc.sql("UPDATE scheduler SET seen_at = seen_at - interval '2 h' WHERE name = 'b'")
                .update();
        schedulers.forget("a");
        assertThat(jdbc.sql("SELECT count(*) FROM scheduler")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private List<Watermark> acquire(String owner, int held, int limit) {
        return shards.take(owner, leases(shards.withinReach(owner, held, limit)));
    }

    private static List<ShardLease> leases(List<Watermark> of) {
        return of.stream().map(Watermark::lease).toList();
    }

    private void expire(int shard) {
        jdbc.sql("UPDATE scheduler_shard SET lease_until = clock_timestamp() - interval '1 ms' WHERE shard = :shard")
                .param("shard", shard)
                .update();
    }

    private long watermark(int shard) {
        return jdbc.sql("SELECT watermark_ms FROM scheduler_shard WHERE shard = :shard")
                .param("shard", shard)
                .query(Long.class)
                .single();
    }
}
