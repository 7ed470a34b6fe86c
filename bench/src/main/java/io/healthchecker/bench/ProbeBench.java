package io.healthchecker.bench;

import com.sun.management.OperatingSystemMXBean;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.worker.check.Check;
import io.healthchecker.worker.check.ProbeSettings;
import io.healthchecker.worker.check.Probers;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one HTTP check costs, saturated: so many checks are always under way on one thread, each over a new connection
 * to a server on loopback. The budget is 1.6 times a bare epoll client in C, about 40 µs.
 *
 * <p>Usage: {@code ProbeBench [checks under way] [seconds]}, by default 64 10.
 */
public final class ProbeBench {
    private static final double BARE_CLIENT_MICROS = 40;
    private static final int ADDRESSES = 64; // or the ports of one address would be the bound

    private final Probers probers = Probers.open(settings(), List.of(), Ticker.system());
    private final LocalServer server = new LocalServer("0.0.0.0");
    private final List<Check> checks = new ArrayList<>();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean over;

    public static void main(String[] arguments) throws InterruptedException {
        int underWay = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 64;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        new ProbeBench().run(underWay, seconds);
        System.exit(0);
    }

    private static ProbeSettings settings() {
        ProbeSettings standard = ProbeSettings.of(EgressPreset.STANDALONE);
        return new ProbeSettings(1, standard.handshakes(), null, standard.egress());
    }

    private void run(int underWay, int seconds) throws InterruptedException {
        for (int i = 1; i <= ADDRESSES; i++) {
            checks.add(probers.prepare(definition("http://127.0.0.%d:%d/".formatted(i, server.port()))));
        }
        for (int i = 0; i < underWay; i++) {
            next(i);
        }
        measure("warm-up", seconds);
        measure("measured", seconds);
        over = true;
    }

    private static Definition definition(String url) {
        return Definition.of(HttpProbe.get(url));
    }

    private void next(long number) {
        Check check = checks.get((int) (number % ADDRESSES));
        Job job = new Job(number, Ticker.system().epochMillis(), 1, 1, JobKind.GRID);
        check.run(job).thenAccept(result -> ended(number, result));
    }

    private void ended(long number, CheckResult result) {
        done.incrementAndGet();
        if (result.outcome() != Outcome.UP && failed.incrementAndGet() == 1) {
            System.out.println("the first that failed: " + result);
        }
        if (!over) {
            next(number + 1);
        }
    }

    private void measure(String name, int seconds) throws InterruptedException {
        long checksBefore = done.get();
        long threadBefore = threadNanos();
        long processBefore = processNanos();
        long begin = Ticker.system().nanoTime();
        new CountDownLatch(1).await(seconds, java.util.concurrent.TimeUnit.SECONDS);
        double wallSeconds = (Ticker.system().nanoTime() - begin) / 1e9;
        double count = done.get() - checksBefore;
        double thread = (threadNanos() - threadBefore) / count / 1_000;
        double process = (processNanos() - processBefore) / count / 1_000;
        System.out.printf(
                "%-9s %,8.0f checks/s  %6.1f µs of the probing thread a check (%.2f of a bare client)  %6.1f µs of the"
                        + " process, server included  %d failed%n",
                name, count / wallSeconds, thread, thread / BARE_CLIENT_MICROS, process, failed.get());
    }

    private static long threadNanos() {
        var threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("probe-")) {
                nanos += threads.getThreadCpuTime(thread.threadId());
            }
        }
        return nanos;
    }

    private static long processNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
