package io.healthchecker.core.check;

import io.healthchecker.core.job.JobKind;

/** The little of a result that uptime needs. */
public record SlotOutcome(long slot, Outcome outcome, JobKind kind) {}
