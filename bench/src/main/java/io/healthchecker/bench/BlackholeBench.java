package io.healthchecker.bench;

import io.healthchecker.bench.answer.Ports;
import io.healthchecker.bench.answer.Targets;
import io.healthchecker.bench.blackhole.Footprint;
import io.healthchecker.bench.blackhole.Harvest;
import io.healthchecker.bench.blackhole.Load;
import io.healthchecker.bench.blackhole.Silence;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.testing.BlackHole;
import io.healthchecker.worker.check.ProbeSettings;
import io.healthchecker.worker.check.Probers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * 20 000 checks under way at once against targets that are silent, so that all of them time out: what that takes of
 * memory and descriptors, and what it does to healthy checks beside them, whose latency must stay within twice what it
 * is without.
 *
 * <p>Usage: {@code BlackholeBench [checks] [connect|answer|handshake ...]}, by default 20000 and all three.
 */
public final class BlackholeBench {
    private static final int TIMEOUT_SECONDS = 10; // a definition's default
    private static final int HEALTHY_PER_SECOND = 100; // of each kind
    private static final int OTHER_DESCRIPTORS = 700; // jars, servers, healthy checks
    private static final int WARM_UP_SECONDS = 6;
    private static final int WINDOW_SECONDS = 15;

    private final Probers probers;
    private final Targets targets;
    private final BlackHole hole;
    private final List<Load> healthy; // of HTTP, then of HTTPS

    private BlackholeBench(Targets targets, BlackHole hole) {
        this.targets = targets;
        this.hole = hole;
        ProbeSettings standard = ProbeSettings.of(EgressPreset.STANDALONE);
        ProbeSettings settings =
                new ProbeSettings(standard.threads(), standard.handshakes(), targets.authority(), standard.egress());
        probers = Probers.open(settings, List.of(), Ticker.system());
        healthy = List.of(
                new Load(probers, healthy("http://%s:" + targets.ports().http() + "/")),
                new Load(probers, healthy("https://%s:" + targets.ports().https() + "/")));
    }

    public static void main(String[] arguments) throws InterruptedException {
        int wanted = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
        List<Silence> silences = arguments.length > 1
                ? Stream.of(arguments)
                        .skip(1)
                        .map(word -> Silence.valueOf(word.toUpperCase(Locale.ROOT)))
                        .toList()
                : Arrays.asList(Silence.values());
        try (Targets targets = Targets.start();
                BlackHole hole = BlackHole.at("0.0.0.0")) {
            new BlackholeBench(targets, hole).run(possible(wanted), silences);
        }
        System.exit(0);
    }

    private static int possible(int wanted) {
        long limit = Footprint.mostDescriptors();
        if (limit - OTHER_DESCRIPTORS >= wanted) {
            return wanted;
        }
        int possible = (int) (limit - OTHER_DESCRIPTORS);
        System.out.printf(
                "the limit of descriptors is %,d (ulimit -n); it must be at least %,d for %,d checks: there are %,d%n",
                limit, wanted + OTHER_DESCRIPTORS, wanted, possible);
        return possible;
    }

    private static List<Definition> healthy(String url) {
        return Ports.addresses()
                .map(address -> HttpProbe.get(url.formatted(address)))
                .map(probe -> Definition.of(
                        probe.with(draft -> draft.serverName = url.startsWith("https") ? Ports.SERVER_NAME : null)))
                .toList();
    }

    private void run(int checks, List<Silence> silences) throws InterruptedException {
        healthy.forEach(load -> load.start(HEALTHY_PER_SECOND));
        pass(WARM_UP_SECONDS);
        List<Harvest> alone = window();
        System.out.printf("alone: %s%n", Footprint.now());
        for (Silence silence : silences) {
            Load load = new Load(probers, silence.definitions(hole.port(), targets.ports()));
            load.start(checks / TIMEOUT_SECONDS);
            pass(TIMEOUT_SECONDS + 2);
            load.harvest();
            double cpu = Footprint.now().cpuSeconds();
            List<Harvest> beside = window();
            Footprint footprint = Footprint.now();
            System.out.printf(
                    "%,d under way, silent to %s: %s, %.0f %% of a core, %s%n",
                    load.underWay(),
                    silence,
                    footprint,
                    (footprint.cpuSeconds() - cpu) * 100 / WINDOW_SECONDS,
                    load.harvest().ends());
            compare("HTTP", alone.getFirst(), beside.getFirst());
            compare("HTTPS", alone.getLast(), beside.getLast());
            load.end();
            pass(TIMEOUT_SECONDS + 1);
        }
    }

    private List<Harvest> window() throws InterruptedException {
        healthy.forEach(Load::harvest);
        pass(WINDOW_SECONDS);
        return healthy.stream().map(Load::harvest).toList();
    }

    private static void compare(String kind, Harvest alone, Harvest beside) {
        System.out.printf(
                "  healthy %-5s p50 %6.2f ms, alone %6.2f: %5.2f times    p99 %6.2f ms, alone %6.2f: %5.2f times    %s%n",
                kind,
                beside.millis(0.5),
                alone.millis(0.5),
                beside.millis(0.5) / alone.millis(0.5),
                beside.millis(0.99),
                alone.millis(0.99),
                beside.millis(0.99) / alone.millis(0.99),
                beside.ends());
    }

    private static void pass(int seconds) throws InterruptedException {
        new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
    }
}
