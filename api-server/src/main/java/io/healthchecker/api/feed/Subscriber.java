package io.healthchecker.api.feed;

/**
 * Who listens, in which words, and from when on.
 *
 * @param since the newest event when they asked to connect: what comes after it is theirs
 */
record Subscriber(Caller caller, Dialect dialect, long since) {
    /** Subprotocols. */
    enum Dialect {
        /** No subprotocol: only UP and DOWN, from the moment of connecting. */
        INHERITED("inherited"),
        /** Subscriptions, snapshots, resuming by id. */
        HC_V1("hc.v1");

        private final String word;

        Dialect(String word) {
            this.word = word;
        }

        /** As negotiated. */
        String word() {
            return word;
        }
    }
}
