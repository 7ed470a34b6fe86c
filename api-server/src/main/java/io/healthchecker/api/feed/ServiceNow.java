package io.healthchecker.api.feed;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.verdict.State;
import java.time.Instant;

/**
 * What a service is, as a snapshot tells it.
 *
 * @param seq number of its last transition, 0 before the first
 */
record ServiceNow(long id, State state, Instant since, Reason reason, long seq) {}
