package io.healthchecker.core.schedule;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Table {@code scheduler_shard}. Leases are judged by the database's clock; whatever a holder writes is fenced by its
 * epoch, so that one who lost a shard can change nothing.
 */
public final class ShardTable {
    /** How long a lease holds after each renewal. */
    public static final int LEASE_SECONDS = 7;

    // who is alive counts by the same seconds: a scheduler that was not seen for so long has lost its leases. Each
    // looks
    // at the shards in an order of its own, so that two seldom want the same one
    private static final String WITHIN_REACH = """
            WITH living AS (
                SELECT count(*) AS number FROM scheduler
                 WHERE NOT draining AND seen_at > clock_timestamp() - make_interval(secs => :seconds)),
            share AS (
                SELECT ceil(:shards / greatest(number, 1))::int AS fair FROM living),
            held AS (
                SELECT shard, epoch, watermark_ms, lease_until < clock_timestamp() AS free,
                       EXISTS (SELECT FROM scheduler AS s WHERE s.name = owner AND s.draining) AS leaving,
                       row_number() OVER (PARTITION BY owner ORDER BY shard) AS number
                  FROM scheduler_shard)
            SELECT shard, epoch, watermark_ms
              FROM held, share
             WHERE free OR leaving OR number > fair
             ORDER BY NOT free, NOT leaving, hashtext(shard || :owner)
             LIMIT (SELECT greatest(least(fair - :held, :limit), 0) FROM share)
            """;

    // a row that its holder is writing at this moment is left for the next time: nobody waits for two of them
    private static final String TAKE = """
            WITH wanted AS (
                SELECT s.shard
                  FROM scheduler_shard AS s
                  JOIN unnest(:shards, :epochs) AS seen (shard, epoch) ON s.shard = seen.shard AND s.epoch = seen.epoch
                   FOR UPDATE OF s SKIP LOCKED)
            UPDATE scheduler_shard AS s
               SET owner = :owner, epoch = epoch + 1, lease_until = clock_timestamp() + make_interval(secs => :seconds)
              FROM wanted
             WHERE s.shard = wanted.shard
            RETURNING s.shard, s.epoch, s.watermark_ms
            """;

    private static final String RENEW = """
            UPDATE scheduler_shard AS s
               SET lease_until = clock_timestamp() + make_interval(secs => :seconds)
              FROM unnest(:shards, :epochs) AS mine (shard, epoch)
             WHERE s.shard = mine.shard AND s.epoch = mine.epoch AND s.owner = :owner
            RETURNING s.shard, s.epoch
            """;

    private static final String SAVE = """
            UPDATE scheduler_shard AS s
               SET watermark_ms = mine.millis
              FROM unnest(:shards, :epochs, :millis) AS mine (shard, epoch, millis)
             WHERE s.shard = mine.shard AND s.epoch = mine.epoch AND s.owner IS NOT NULL
            RETURNING s.shard, s.epoch
            """;

    private static final String RELEASE = """
            UPDATE scheduler_shard AS s
               SET watermark_ms = mine.millis, owner = NULL, lease_until = '-infinity'
              FROM unnest(:shards, :epochs, :millis) AS mine (shard, epoch, millis)
             WHERE s.shard = mine.shard AND s.epoch = mine.epoch AND s.owner IS NOT NULL
            RETURNING s.shard, s.epoch
            """;

    private static final String OUTGROW = """
            UPDATE scheduler_shard SET epoch = :next WHERE shard = :shard AND epoch = :epoch AND owner IS NOT NULL
            RETURNING shard, epoch
            """;

    private static final String AUDITED = "SELECT audited_ms FROM scheduler_shard WHERE shard = :shard";

    private static final String ADVANCE_AUDITED = """
            UPDATE scheduler_shard SET audited_ms = :millis
             WHERE shard = :shard AND epoch = :epoch AND owner IS NOT NULL AND audited_ms < :millis
            """;

    private final JdbcClient jdbc;

    public ShardTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Shards that a scheduler may take, up to its fair share, which is all shards divided by the schedulers that are alive
     * and stay: those whose lease is over, those of one who leaves, and what others hold beyond their share.
     *
     * @param held how many it has already
     * @param limit how many to name at most
     * @return their leases, whosever they are, and how far their schedule is at least
     */
    public List<Watermark> withinReach(String owner, int held, int limit) {
        return jdbc.sql(WITHIN_REACH)
                .param("shards", (double) Shard.COUNT)
                .param("owner", owner)
                .param("held", held)
                .param("limit", limit)
                .param("seconds", LEASE_SECONDS)
                .query(ShardTable::watermark)
                .list();
    }

    /**
     * Takes shards over, those whose lease is still the one that was seen.
     *
     * @return the new leases, and from where the predecessor's schedule goes on
     */
    public List<Watermark> take(String owner, Collection<ShardLease> seen) {
        return jdbc.sql(TAKE)
                .param("owner", owner)
                .param("seconds", LEASE_SECONDS)
                .param("shards", shards(seen))
                .param("epochs", epochs(seen))
                .query(ShardTable::watermark)
                .list();
    }

    /** Renews leases, all in one statement; returns those that still are the owner's. */
    public Set<ShardLease> renew(String owner, Collection<ShardLease> leases) {
        return jdbc.sql(RENEW)
                .param("owner", owner)
                .param("seconds", LEASE_SECONDS)
                .param("shards", shards(leases))
                .param("epochs", epochs(leases))
                .query(ShardTable::lease)
                .set();
    }

    /** Saves watermarks, all in one statement; returns the leases that still hold. */
    public Set<ShardLease> save(Collection<Watermark> watermarks) {
        return write(SAVE, watermarks);
    }

    /** Gives shards back, each with its last watermark; returns the leases that held until then. */
    public Set<ShardLease> release(Collection<Watermark> watermarks) {
        return write(RELEASE, watermarks);
    }

    /**
     * Raises the epoch of a lease above one that Redis remembers: the database was restored from a backup, or is another
     * one than before. Empty if the lease does not hold.
     */
    public Optional<ShardLease> outgrow(ShardLease lease, long epoch) {
        return jdbc.sql(OUTGROW)
                .param("next", epoch + 1)
                .param("shard", lease.shard())
                .param("epoch", lease.epoch())
                .query(ShardTable::lease)
                .optional();
    }

    /** Up to where a shard was audited, epoch milliseconds. */
    public long auditedMillis(int shard) {
        return jdbc.sql(AUDITED).param("shard", shard).query(Long.class).single();
    }

    /** Notes up to where a shard was audited; false if the lease does not hold or it was audited further already. */
    public boolean advanceAudited(ShardLease lease, long millis) {
        return jdbc.sql(ADVANCE_AUDITED)
                        .param("millis", millis)
                        .param("shard", lease.shard())
                        .param("epoch", lease.epoch())
                        .update()
                == 1;
    }

    private Set<ShardLease> write(String statement, Collection<Watermark> watermarks) {
        List<ShardLease> leases = watermarks.stream().map(Watermark::lease).toList();
        return jdbc.sql(statement)
                .param("shards", shards(leases))
                .param("epochs", epochs(leases))
                .param(
                        "millis",
                        watermarks.stream().mapToLong(Watermark::millis).toArray())
                .query(ShardTable::lease)
                .set();
    }

    private static ShardLease lease(ResultSet row, int number) throws SQLException {
        return new ShardLease(row.getInt("shard"), row.getLong("epoch"));
    }

    private static Watermark watermark(ResultSet row, int number) throws SQLException {
        return new Watermark(lease(row, number), row.getLong("watermark_ms"));
    }

    private static int[] shards(Collection<ShardLease> leases) {
        return leases.stream().mapToInt(ShardLease::shard).toArray();
    }

    private static long[] epochs(Collection<ShardLease> leases) {
        return leases.stream().mapToLong(ShardLease::epoch).toArray();
    }
}
