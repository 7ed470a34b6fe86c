package io.healthchecker.worker.dial;

import io.healthchecker.core.check.Reason;

/** What a check is busy with, in the order in which it happens. */
public enum Phase {
    DNS(0, Reason.TIMEOUT_DNS),
    CONNECT(1, Reason.TIMEOUT_CONNECT),
    TLS(2, Reason.TIMEOUT_TLS),
    /** From the request sent to the first byte of the answer. */
    RESPONSE(3, Reason.TIMEOUT_RESPONSE),
    TRANSFER(4, Reason.TIMEOUT_TRANSFER);

    private final int index;
    private final Reason timeout;

    Phase(int index, Reason timeout) {
        this.index = index;
        this.timeout = timeout;
    }

    /** What it means when the time is up in this phase. */
    public Reason timeout() {
        return timeout;
    }

    /** From 0, in the order in which they happen. */
    int index() {
        return index;
    }
}
