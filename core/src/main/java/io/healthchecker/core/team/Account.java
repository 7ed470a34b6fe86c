package io.healthchecker.core.team;

import java.time.Instant;

/** A person who signs in. */
public record Account(int id, String email, Instant createdAt) {}
