package io.healthchecker.worker.presence;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.WakeStream;
import io.healthchecker.core.job.WakeStream.Wake;
import io.healthchecker.core.schedule.Shard;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.transition.StateChange;
import io.healthchecker.core.transition.TransitionLog;
import io.healthchecker.core.verdict.LocationVerdict;
import io.healthchecker.core.verdict.LocationVerdictTable;
import io.healthchecker.core.verdict.LocationVerdictTable.Changed;
import io.healthchecker.core.verdict.LocationVerdictTable.Silent;
import io.healthchecker.core.verdict.Quorum;
import io.healthchecker.core.verdict.ServiceState;
import io.healthchecker.core.verdict.ServiceStateTable;
import io.healthchecker.core.verdict.ServiceVerdict;
import io.healthchecker.core.verdict.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes services Unknown that no check has told anything about for several periods. Each round looks at some shards, one
 * worker at a time.
 */
public final class StaleSweep {
    /** From one round to the next. */
    public static final Duration EVERY = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(StaleSweep.class);
    private static final long ADVISORY_LOCK = 0x6863_7377_6570L; // "hcswep"
    private static final int ROUNDS = 8;
    private static final int SHARDS = Shard.COUNT / ROUNDS;
    private static final int LIMIT = 1_000;

    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;
    private final LocationVerdictTable verdicts;
    private final ServiceStateTable states;
    private final TransitionLog log;
    private final WakeStream wake;
    private final Ticker ticker;
    private int round;

    public StaleSweep(JdbcClient jdbc, PlatformTransactionManager transactions, WakeStream wake, Ticker ticker) {
        this.transaction = new TransactionTemplate(transactions);
        this.jdbc = jdbc;
        this.verdicts = new LocationVerdictTable(jdbc);
        this.states = new ServiceStateTable(jdbc);
        this.log = new TransitionLog(jdbc, ticker);
        this.wake = wake;
        this.ticker = ticker;
    }

    /** Looks at the next shards; all of them have been looked at after some rounds. Says how many states it changed. */
    public int next() {
        int first = round * SHARDS;
        round = (round + 1) % ROUNDS;
        int all = 0;
        int changed;
        do {
            changed = sweep(first, first + SHARDS - 1);
            all += changed;
        } while (changed == LIMIT);
        return all;
    }

    /** Looks at a range of shards. */
    int sweep(int firstShard, int lastShard) {
        int changed = Objects.requireNonNull(transaction.execute(_ -> {
            boolean isAlone = jdbc.sql("SELECT pg_try_advisory_xact_lock(:lock)")
                    .param("lock", ADVISORY_LOCK)
                    .query(Boolean.class)
                    .single();
            return isAlone ? forget(verdicts.silent(firstShard, lastShard, LIMIT)) : 0;
        }));
        if (changed > 0) {
            LOG.info("services stale shards={}-{} services={}", firstShard, lastShard, changed);
            wake.publish(Wake.EVENT);
        }
        return changed;
    }

    private int forget(List<Silent> candidates) {
        if (candidates.isEmpty()) {
            return 0;
        }
        Set<Long> ids = candidates.stream().map(Silent::serviceId).collect(Collectors.toCollection(TreeSet::new));
        List<ServiceState> locked = states.lock(ids);
        // a result may have come in before the lock was ours
        List<Silent> silent = verdicts.silent(ids);
        if (silent.isEmpty()) {
            return 0;
        }
        Map<Long, ServiceVerdict> after = new HashMap<>(verdicts.find(ids));
        Map<Long, String> names = new HashMap<>();
        List<Changed> changed = new ArrayList<>();
        for (Silent one : silent) {
            LocationVerdict unknown = LocationVerdict.unknown(one.slot());
            changed.add(new Changed(one.serviceId(), one.locationId(), unknown));
            after.computeIfPresent(one.serviceId(), (_, verdict) -> verdict.with(one.locationId(), unknown));
            names.put(one.serviceId(), one.service());
        }
        verdicts.write(changed);
        List<StateChange> turns = turns(locked, after, names);
        log.record(turns, List.of());
        return turns.size();
    }

    private List<StateChange> turns(
            List<ServiceState> locked, Map<Long, ServiceVerdict> after, Map<Long, String> names) {
        List<StateChange> turns = new ArrayList<>();
        for (ServiceState before : locked) {
            String name = names.get(before.serviceId());
            ServiceVerdict verdict = after.get(before.serviceId());
            if (name == null || verdict == null || before.state() == State.SUSPENDED) {
                continue;
            }
            State to = verdict.state(Quorum.MAJORITY);
            if (to != before.state()) {
                turns.add(new StateChange(before, name, to, ticker.epochMillis(), Reason.STALE, null));
            }
        }
        return turns;
    }
}
