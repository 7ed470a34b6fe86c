package io.healthchecker.api.auth;

import io.healthchecker.core.team.Role;

/** Who a request comes from, and the team in which it works. A parameter of this type in a controller is filled in. */
public record Principal(int accountId, String email, int teamId, Role role) {}
