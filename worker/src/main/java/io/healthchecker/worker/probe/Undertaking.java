package io.healthchecker.worker.probe;

/** What an attempt is busy with, so that it can be stopped when the time is up. */
public interface Undertaking {
    /** Ends it without another word. */
    void abandon();

    /** Where it is by now, to stand behind “after 5000 ms”; empty where there is nothing to say. */
    String whereabouts();

    /** Status of the last answer that had one, else 0. */
    default int status() {
        return 0;
    }
}
