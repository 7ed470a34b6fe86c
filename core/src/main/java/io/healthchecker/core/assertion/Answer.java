package io.healthchecker.core.assertion;

import java.util.List;

/**
 * What a target answered: all that an expectation can ask for.
 *
 * @param redirects statuses of the redirects that were followed, in order
 * @param status of the last answer, 0 where the protocol has none
 * @param headers of the last answer
 * @param body its first 65 536 bytes, decompressed; empty where the expectations do not ask for it
 * @param facts what else was learned
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Answer(List<Integer> redirects, int status, List<Header> headers, byte[] body, Facts facts) {
    /** How much of a body is looked at, in bytes. */
    public static final int MAX_BODY = 65_536;

    /** A connection that was opened, and nothing more. */
    public static Answer connected(Facts facts) {
        return new Answer(List.of(), 0, List.of(), new byte[0], facts);
    }
}
