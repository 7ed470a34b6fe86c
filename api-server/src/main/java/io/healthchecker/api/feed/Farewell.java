package io.healthchecker.api.feed;

/**
 * Why a connection ends.
 *
 * @param code of the close frame
 * @param reason for a person; no secret
 * @param cause for metrics and logs, one of a few
 */
record Farewell(int code, String reason, String cause) {
    static final Farewell GONE = new Farewell(1000, "bye", "client");
    static final Farewell SHUTDOWN = new Farewell(1001, "the server goes away; reconnect", "shutdown");
    static final Farewell BROKEN = new Farewell(1011, "the connection broke", "broken");
    static final Farewell FLOOD = new Farewell(1008, "too many messages", "flood");
    static final Farewell CROWD = new Farewell(1008, "too many connections of this account", "crowd");
    static final Farewell BINARY = new Farewell(1003, "text only", "binary");
    static final Farewell RESET = new Farewell(1012, "event ids began anew; reconnect", "reset");
    static final Farewell UNAVAILABLE =
            new Farewell(1013, "the database cannot be reached; reconnect later", "unavailable");
    static final Farewell SILENT = new Farewell(1001, "no answer to three pings", "silent");
    static final Farewell EXPIRED = new Farewell(4401, "the token has expired; sign in and reconnect", "expired");
    static final Farewell NO_MEMBER = new Farewell(4403, "no longer a member of the team", "membership");

    static Farewell slow(long eventId) {
        return new Farewell(4408, "too slow; reconnect with after=" + eventId, "slow");
    }
}
