package io.healthchecker.worker.probe.http;

/** One request and its answer on a connection of its own. */
interface Hop {
    /** Ends it without another word. */
    void abandon();

    /** Status of the answer as far as it has come, else 0. */
    int status();
}
