package io.healthchecker.core.check;

/**
 * Where the time of a check went, in microseconds; {@link #NONE} for a phase that was not reached or not needed. A
 * phase that was open when the check failed has the time that had passed in it. After redirects each phase is the sum
 * over all hops.
 *
 * @param firstByteMicros from the request sent to the first byte of the answer
 */
public record PhaseTimes(int dnsMicros, int connectMicros, int tlsMicros, int firstByteMicros, int transferMicros) {
    /** A phase that was not reached or not needed. */
    public static final int NONE = -1;

    /** No phase was reached. */
    public static final PhaseTimes EMPTY = new PhaseTimes(NONE, NONE, NONE, NONE, NONE);
}
