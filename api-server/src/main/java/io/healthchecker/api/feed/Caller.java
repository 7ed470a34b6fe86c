package io.healthchecker.api.feed;

/**
 * Who is connected, and for which team they listen.
 *
 * @param expiresAtMillis when their token ends, in epoch milliseconds
 */
record Caller(int accountId, int teamId, long expiresAtMillis) {}
