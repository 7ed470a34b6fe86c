package io.healthchecker.api.feed;

/** One socket to a client. */
interface Connection {
    /** Sends a text message without waiting; {@code done} is called when the network has taken it, or never will. */
    void send(String text, Runnable done);

    /** Sends a ping frame without waiting. */
    void ping();

    /** Says goodbye, and cuts the connection where that is not answered within a second. */
    void close(Farewell farewell) throws InterruptedException;
}
