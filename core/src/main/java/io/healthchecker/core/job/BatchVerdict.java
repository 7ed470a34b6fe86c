package io.healthchecker.core.job;

/**
 * What became of a batch.
 *
 * @param watermarkMillis the shard's watermark as the mark had it before, {@link #NO_MARK} if there was no mark
 */
public record BatchVerdict(Kind kind, long watermarkMillis) {
    /** There is no mark. */
    public static final long NO_MARK = -1;

    /** Its jobs were appended only if {@code TAKEN}. */
    public enum Kind {
        TAKEN,
        /** Refused: a newer scheduler owns the shard. */
        DEPOSED,
        /** Refused: Redis forgot what this scheduler had appended. */
        FORGOTTEN,
        /** Refused: the mark is further on, since an earlier call succeeded whose answer was lost. */
        AHEAD,
        /** Redis did not answer in time or answered with an error; the jobs may or may not have been appended. */
        UNANSWERED
    }

    static final BatchVerdict NO_ANSWER = new BatchVerdict(Kind.UNANSWERED, NO_MARK);

    static BatchVerdict of(long code, long watermarkMillis) {
        Kind kind = switch ((int) code) {
            case 0 -> Kind.TAKEN;
            case 1 -> Kind.DEPOSED;
            case 2 -> Kind.FORGOTTEN;
            case 3 -> Kind.AHEAD;
            default -> throw new IllegalArgumentException("verdict is %d; it must be 0 to 3".formatted(code));
        };
        return new BatchVerdict(kind, watermarkMillis);
    }
}
