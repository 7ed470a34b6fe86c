package io.healthchecker.api.page;

import java.time.Instant;

/** A status page as it is stored. */
record Page(int id, int teamId, PageBody body, long version, Instant updatedAt) {}
