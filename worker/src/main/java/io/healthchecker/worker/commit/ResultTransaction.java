package io.healthchecker.worker.commit;

import io.healthchecker.core.check.CheckPartitionTable;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.CheckResultTable;
import io.healthchecker.core.check.FailureDetailTable;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PartitionWidth;
import io.healthchecker.core.job.JobKey;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.transition.StateChange;
import io.healthchecker.core.transition.TransitionLog;
import io.healthchecker.core.verdict.LocationVerdictTable;
import io.healthchecker.core.verdict.ServiceState;
import io.healthchecker.core.verdict.ServiceStateTable;
import io.healthchecker.core.verdict.State;
import io.healthchecker.worker.commit.Fold.Turn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A batch of results with all that they cause, in one transaction: rows, then the verdicts of those rows that are new,
 * then transitions, incidents and events. Writing a batch again changes nothing.
 */
public final class ResultTransaction {
    private final TransactionTemplate transaction;
    private final CheckPartitionTable partitions;
    private final CheckResultTable results;
    private final FailureDetailTable details;
    private final ServiceStateTable states;
    private final LocationVerdictTable verdicts;
    private final TransitionLog log;

    public ResultTransaction(JdbcClient jdbc, PlatformTransactionManager transactions, Ticker ticker) {
        this.transaction = new TransactionTemplate(transactions);
        this.partitions = new CheckPartitionTable(jdbc, transactions);
        this.results = new CheckResultTable(jdbc);
        this.details = new FailureDetailTable(jdbc);
        this.states = new ServiceStateTable(jdbc);
        this.verdicts = new LocationVerdictTable(jdbc);
        this.log = new TransitionLog(jdbc, ticker);
    }

    /**
     * What a batch came to.
     *
     * @param inserted results that were the first of their jobs
     * @param leaning new results that lean away from the verdicts of their services, the last one of each
     */
    record Written(int inserted, int transitions, List<Finished> leaning) {}

    /** Writes a batch; if it throws, nothing of it is written. */
    Written write(List<Finished> batch, int workerId) {
        List<CheckResult> rows = batch.stream().map(Finished::result).toList();
        partitions.cover(slots(rows), PartitionWidth.DAY);
        return Objects.requireNonNull(transaction.execute(_ -> {
            Set<JobKey> inserted = results.insert(rows, workerId);
            List<Finished> fresh = firstOf(batch, inserted);
            details.remember(fresh.stream().map(Finished::result).toList());
            return judge(fresh, inserted);
        }));
    }

    /** Looks at the partitions anew before the next batch. */
    void forgetPartitions() {
        partitions.forget();
    }

    private Written judge(List<Finished> fresh, Set<JobKey> inserted) {
        List<Finished> telling = fresh.stream()
                .filter(finished -> finished.result().outcome() != Outcome.UNKNOWN)
                .toList();
        if (telling.isEmpty()) {
            return new Written(inserted.size(), 0, List.of());
        }
        Set<Long> services = telling.stream()
                .map(finished -> finished.result().job().serviceId())
                .collect(Collectors.toCollection(TreeSet::new));
        Map<Long, State> locked = states.lockStates(services);
        Fold fold = new Fold(locked, verdicts.find(services));
        List<JobKey> unsettled = fold.unsettled(telling);
        fold.take(telling, unsettled.isEmpty() ? Map.of() : results.tellingAfter(unsettled), inserted);
        if (!fold.changed().isEmpty()) {
            verdicts.write(fold.changed());
        }
        record(fold.turns());
        return new Written(inserted.size(), fold.turns().size(), fold.leaning());
    }

    // the log takes one change of a service at a time; after an outage a batch may hold several
    private void record(List<Turn> turns) {
        List<Turn> left = turns;
        while (!left.isEmpty()) {
            Map<Long, Turn> first = new LinkedHashMap<>();
            List<Turn> later = new ArrayList<>();
            for (Turn turn : left) {
                if (first.putIfAbsent(turn.cause().result().job().serviceId(), turn) != null) {
                    later.add(turn);
                }
            }
            Map<Long, ServiceState> before = states.lock(new TreeSet<>(first.keySet())).stream()
                    .collect(Collectors.toMap(ServiceState::serviceId, Function.identity()));
            List<StateChange> changes = new ArrayList<>();
            first.forEach((id, turn) -> changes.add(change(Objects.requireNonNull(before.get(id)), turn)));
            log.record(changes, List.of());
            left = later;
        }
    }

    private static StateChange change(ServiceState before, Turn turn) {
        CheckResult cause = turn.cause().result();
        return new StateChange(
                before,
                Objects.requireNonNull(turn.cause().subject()).name(),
                turn.to(),
                cause.job().slot(),
                cause.reason(),
                cause.detail());
    }

    // a job that was delivered twice may be in a batch twice
    private static List<Finished> firstOf(List<Finished> batch, Set<JobKey> inserted) {
        Set<JobKey> left = new HashSet<>(inserted);
        return batch.stream()
                .filter(finished -> left.remove(finished.result().job().key()))
                .toList();
    }

    private static Collection<Long> slots(List<CheckResult> rows) {
        return rows.stream().map(row -> row.job().slot()).collect(Collectors.toSet());
    }
}
