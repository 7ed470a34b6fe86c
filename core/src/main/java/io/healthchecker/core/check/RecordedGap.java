package io.healthchecker.core.check;

import java.time.Instant;

/** A gap as it is stored. */
public record RecordedGap(Gap gap, int locationId, Instant recordedAt) {}
