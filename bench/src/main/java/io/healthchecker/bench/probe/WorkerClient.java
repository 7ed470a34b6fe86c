package io.healthchecker.bench.probe;

import io.healthchecker.bench.answer.Ports;
import io.healthchecker.bench.process.Pace;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.check.Check;
import io.healthchecker.worker.check.ProbeSettings;
import io.healthchecker.worker.check.Probers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The worker's own checks on one thread, as a program that speaks as the floors do: it reads lines with the wanted pace
 * in checks a second, 0 for as many as possible with so many of them at once, and answers each with its {@link Counts}.
 *
 * <p>Usage: {@code WorkerClient KIND PORTS UNDER_WAY AUTHORITY.pem}.
 */
public final class WorkerClient {
    private final Probers probers;
    private final List<Check> checks;
    private final int underWay;
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile int pace = -1;

    private WorkerClient(Probers probers, List<Check> checks, int underWay) {
        this.probers = probers;
        this.checks = checks;
        this.underWay = underWay;
    }

    public static void main(String[] arguments) throws IOException {
        Kind kind = Kind.valueOf(arguments[0]);
        Ports ports = Ports.read(arguments[1]);
        Probers probers = Probers.open(settings(Path.of(arguments[3])), List.of(), Ticker.system());
        List<Check> checks = Ports.addresses()
                .map(address -> probers.prepare(kind.definition(address, ports)))
                .toList();
        WorkerClient client = new WorkerClient(probers, checks, Integer.parseInt(arguments[2]));
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(client.pace(Integer.parseInt(line)).line());
        }
        System.exit(0);
    }

    private static ProbeSettings settings(Path authority) {
        ProbeSettings standard = ProbeSettings.of(EgressPreset.STANDALONE);
        return new ProbeSettings(1, standard.handshakes(), authority, standard.egress());
    }

    private Counts pace(int perSecond) {
        Counts before = new Counts(done.get(), failed.get());
        if (pace != perSecond) {
            pace = perSecond;
            if (perSecond == 0) {
                for (int i = 0; i < underWay; i++) {
                    begin();
                }
            } else {
                Thread.ofPlatform()
                        .daemon()
                        .name("due")
                        .start(new Pace(perSecond, this::begin, () -> pace == perSecond));
            }
        }
        return before;
    }

    private void begin() {
        int turn = (int) (begun.getAndIncrement() % checks.size());
        Job job = new Job(turn + 1, Ticker.system().epochMillis(), 1, 1, JobKind.GRID); // each target is one service
        checks.get(turn).run(job).thenAccept(this::ended);
    }

    private void ended(CheckResult result) {
        done.incrementAndGet();
        if (result.outcome() != Outcome.UP && failed.incrementAndGet() == 1) {
            System.err.println("the worker's first that failed: " + result);
        }
        if (pace == 0) {
            probers.executor().execute(this::begin); // as the worker's queue of due checks does
        }
    }
}
