package io.healthchecker.worker.commit;

import io.healthchecker.core.job.Delivery;
import java.util.Collection;

/** Told which deliveries are done: their results are committed, or there is nothing to write. */
public interface Receipts {
    /** Acknowledges deliveries; does not wait. */
    void done(Collection<Delivery> deliveries);
}
