package io.healthchecker.bench.probe;

/**
 * What was done so far.
 *
 * @param done checks that ended, those that failed included
 */
record Counts(long done, long failed) {
    /** As programs tell: {@code DONE FAILED}. */
    static Counts read(String line) {
        int blank = line.indexOf(' ');
        return new Counts(Long.parseLong(line.substring(0, blank)), Long.parseLong(line.substring(blank + 1)));
    }

    String line() {
        return done + " " + failed;
    }

    Counts since(Counts earlier) {
        return new Counts(done - earlier.done, failed - earlier.failed);
    }
}
