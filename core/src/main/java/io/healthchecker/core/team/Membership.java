package io.healthchecker.core.team;

/** That an account belongs to a team, and as what. */
public record Membership(int teamId, String teamName, int accountId, String email, Role role) {}
