package io.healthchecker.bench;

import io.healthchecker.bench.page.Load;
import io.healthchecker.bench.page.Load.Asking;
import io.healthchecker.bench.page.Served;
import java.util.stream.Collectors;

/**
 * A public status page under a steady load: the page that a browser has not seen, and the one that it knows already. What
 * a page costs is printed from the start of the process until it has settled, and then measured.
 *
 * <p>Usage: {@code hc bench status-page [requests a second] [seconds]}, by default 1000 10.
 */
public final class StatusPageBench {
    private static final int CLIENTS = 20;
    private static final int COMPONENTS = 30;
    private static final int SERVICES = 1_000;
    private static final int WARM_UP_SECONDS = 5;
    private static final int MOST_WARM_UPS = 10;
    private static final double SETTLED = 0.95; // of what it was the last time
    private static final double SHARE = 0.98; // of the requests that are to be answered in time

    private final Load load;
    private final int seconds;
    private boolean held = true;

    private StatusPageBench(Load load, int seconds) {
        this.load = load;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws Exception {
        int perSecond = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        boolean held;
        try (ManyServices services = ManyServices.start(SERVICES, 2)) {
            publish(services);
            System.out.printf("%d requests/s for %d s by %d clients%n", perSecond, seconds, CLIENTS);
            var bench = new StatusPageBench(new Load(services.port(), perSecond, CLIENTS), seconds);
            bench.warmUp();
            bench.measure("page, 200", "/status/bench", Asking.ANEW);
            bench.measure("page, 304", "/status/bench", Asking.AGAIN);
            bench.measure("JSON, 200", "/status/bench.json", Asking.ANEW);
            bench.measure("Atom, 200", "/status/bench.atom", Asking.ANEW);
            held = bench.held;
        }
        System.exit(held ? 0 : 1);
    }

    private static void publish(ManyServices services) {
        String components = services.ids(COMPONENTS).stream()
                .map(id -> "{\"name\":\"Component %d\",\"serviceId\":%d}".formatted(id, id))
                .collect(Collectors.joining(","));
        var answer = services.api()
                .post(
                        "/api/v1/status-pages",
                        "{\"slug\":\"bench\",\"title\":\"Bench\",\"published\":true,\"sections\":[{\"components\":[%s]}]}"
                                .formatted(components));
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.toString());
        }
    }

    /** Until a page costs hardly less than the last time: the machine compiles what is asked for often. */
    private void warmUp() throws InterruptedException {
        double before = Double.MAX_VALUE;
        double now = print("page, cold", load.run("/status/bench", Asking.ANEW, WARM_UP_SECONDS));
        for (int i = 0; i < MOST_WARM_UPS && now < SETTLED * before; i++) {
            before = now;
            now = print("page, warming up", load.run("/status/bench", Asking.ANEW, WARM_UP_SECONDS));
        }
        print("page, 304, warming up", load.run("/status/bench", Asking.AGAIN, WARM_UP_SECONDS));
    }

    private void measure(String what, String path, Asking asking) throws InterruptedException {
        Served served = load.run(path, asking, seconds);
        print(what, served);
        held &= served.perSecond() > SHARE * load.perSecond();
    }

    private static double print(String what, Served served) {
        System.out.printf(
                "%-24s %5.0f/s  p50 %6.2f ms  p99 %6.2f ms  max %7.2f ms  %6d bytes  %5.1f %% 304  server %4.0f µs a request, %3.0f %% of a core%n",
                what,
                served.perSecond(),
                served.millis(0.5),
                served.millis(0.99),
                served.millis(1),
                served.bytes(),
                served.notModified() * 100.0 / served.micros().size(),
                served.cpuMicros(),
                served.cpuNanos() * 100.0 / served.tookNanos());
        return served.cpuMicros();
    }
}
