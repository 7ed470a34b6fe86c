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

    private static void pass(double seconds) throws InterruptedException {
        new CountDownLatch(1).await((long) (seconds * 1e3), TimeUnit.MILLISECONDS);
    }
}
