package io.healthchecker.core.heartbeat;

/** How a heartbeat stands at an instant. */
public enum Standing {
    /** It has said nothing since it was made or resumed, and is not overdue. */
    AWAITED,
    ON_TIME,
    /** The next ping is due, and within its grace. */
    LATE,
    /** It said that it failed. */
    FAILED,
    /** Its grace is over. */
    MISSED
}
