package io.healthchecker.bench.probe;

/** Someone who makes checks of one kind in a process of its own, on a core of its own. */
interface Client extends AutoCloseable {
    /** Makes so many checks a second from now on, as many as possible with 0; tells what was done before. */
    Counts pace(int perSecond);

    /** CPU time of its process so far, user and system, in nanoseconds. */
    long cpuNanos();

    @Override
    void close();
}
