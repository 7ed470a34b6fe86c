package io.healthchecker.core.job;

import java.util.List;

/** What waits on the two streams of a group. */
public record Backlog(Waiting urgent, Waiting standard) {
    /**
     * What waits on one stream.
     *
     * @param oldestMillis age of the oldest job that no worker has taken, 0 if there is none
     * @param entries jobs on the stream, including those that are done and not trimmed yet
     * @param pending jobs that a worker took and has not acknowledged
     */
    public record Waiting(long oldestMillis, long entries, long pending) {}

    static Backlog read(List<Long> answer) {
        return new Backlog(
                new Waiting(answer.get(0), answer.get(1), answer.get(2)),
                new Waiting(answer.get(3), answer.get(4), answer.get(5)));
    }
}
