package io.healthchecker.bench.probe;

import io.healthchecker.core.time.Ticker;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What checks cost at one pace.
 *
 * @param perSecond checks a second that were really made
 * @param micros CPU time of a check, user and system
 * @param failed checks that failed, which should be none
 */
record Measurement(double perSecond, double micros, long failed) {
    private static final double WARM_UP_SECONDS = 8;
    private static final double WINDOW_SECONDS = 4;
    private static final int MOST_WINDOWS = 12;
    private static final double STEADY = 0.95; // of the window before

    /** Lets a client make checks at a pace, first to settle and then to be measured. */
    static Measurement of(Client client, int pace, double settleSeconds, double seconds) throws InterruptedException {
        client.pace(pace);
        pass(settleSeconds);
        Counts before = client.pace(pace);
        long cpu = client.cpuNanos();
        long begin = Ticker.system().nanoTime();
        pass(seconds);
        Counts counted = client.pace(pace).since(before);
        double spentMicros = (client.cpuNanos() - cpu) / 1e3;
        double wallSeconds = (Ticker.system().nanoTime() - begin) / 1e9;
        return new Measurement(counted.done() / wallSeconds, spentMicros / counted.done(), counted.failed());
    }

    /** Lets a client make checks until they get no cheaper: a JVM compiles for a while what it runs often. */
    static void warmUp(Client client) throws InterruptedException {
        double before = Double.MAX_VALUE;
        double now = of(client, 0, WARM_UP_SECONDS, WINDOW_SECONDS).micros;
        for (int i = 0; i < MOST_WINDOWS && now < STEADY * before; i++) {
            before = now;
            now = of(client, 0, 0, WINDOW_SECONDS).micros;
        }
    }

    private static void pass(double seconds) throws InterruptedException {
        new CountDownLatch(1).await((long) (seconds * 1e3), TimeUnit.MILLISECONDS);
    }
}
