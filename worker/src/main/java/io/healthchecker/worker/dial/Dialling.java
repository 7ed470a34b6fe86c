package io.healthchecker.worker.dial;

/** A way to a target that is under way, or has led there. */
public interface Dialling {
    /** Ends it without another word to the caller. After the connection stands it does nothing. */
    void abandon();

    /** Where it is by now, such as {@code at 192.0.2.7:443, the second of 2 addresses}; empty before it has an address. */
    String whereabouts();
}
