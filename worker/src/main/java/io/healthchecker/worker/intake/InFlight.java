package io.healthchecker.worker.intake;

import io.healthchecker.core.job.Delivery;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKey;
import io.healthchecker.worker.commit.Receipts;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The jobs that this worker has taken and not acknowledged yet. Of those some are open: their checks have not ended, and
 * each takes one of the worker's permits.
 */
final class InFlight implements Receipts {
    private final Map<JobKey, Delivery> taken = new ConcurrentHashMap<>();
    private final Map<JobKey, Delivery> open = new ConcurrentHashMap<>();
    private final Function<Collection<Delivery>, CompletionStage<Void>> acknowledge;

    InFlight(Function<Collection<Delivery>, CompletionStage<Void>> acknowledge) {
        this.acknowledge = acknowledge;
    }

    /** What a delivery is to this worker. */
    enum Arrival {
        /** Its job begins here. */
        NEW,
        /** The very entry is here already. */
        SAME,
        /** Another entry of its job is here already: this one is superfluous. */
        DOUBLE
    }

    /** Takes a job. */
    Arrival take(Job job, Delivery delivery) {
        Delivery other = taken.putIfAbsent(job.key(), delivery);
        if (other == null) {
            open.put(job.key(), delivery);
            return Arrival.NEW;
        }
        boolean isSame = other.stream() == delivery.stream() && other.id().equals(delivery.id());
        return isSame ? Arrival.SAME : Arrival.DOUBLE;
    }

    /** A check ended, and its result goes on its way; false if it was given back before. */
    boolean end(Job job) {
        return open.remove(job.key()) != null;
    }

    /** How many checks are held or under way. */
    int openCount() {
        return open.size();
    }

    /** How many jobs are not acknowledged. */
    int takenCount() {
        return taken.size();
    }

    /** Takes the open jobs out of our hands, for others to do. */
    List<Delivery> giveUpOpen() {
        List<Delivery> left = open.values().stream()
                .filter(delivery -> delivery.job() != null && end(delivery.job()))
                .toList();
        left.forEach(this::forget);
        return left;
    }

    @Override
    public void done(Collection<Delivery> deliveries) {
        // forgotten only once Redis knows: until then an entry that comes back is the same one
        acknowledge.apply(deliveries).whenComplete((_, _) -> deliveries.forEach(this::forget));
    }

    /** Knows nothing of a delivery any more; it stays pending, and comes again. */
    void forget(Delivery delivery) {
        Job job = delivery.job();
        if (job != null) {
            taken.remove(job.key(), delivery);
        }
    }
}
