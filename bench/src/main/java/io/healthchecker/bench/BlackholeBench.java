package io.healthchecker.bench;

import io.healthchecker.bench.answer.Ports;
import io.healthchecker.bench.answer.Targets;
import io.healthchecker.bench.blackhole.Footprint;
import io.healthchecker.bench.blackhole.Harvest;
import io.healthchecker.bench.blackhole.Load;
import io.healthchecker.bench.blackhole.Mixture;
import io.healthchecker.bench.blackhole.Silence;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.testing.BlackHole;
import io.healthchecker.worker.check.ProbeSettings;
import io.healthchecker.worker.check.Probers;
import io.healthchecker.worker.dial.DnsNames;
import io.healthchecker.worker.dial.Names;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * 20 000 checks under way at once against targets that are silent, so that all of them time out: what that takes of
 * memory and descriptors, and what it does to healthy checks beside them, whose latency must stay within twice what it
 * is without. Where there are not enough descriptors for so many connections, the others wait for a name server.
 *
 * <p>Usage: {@code BlackholeBench [checks] [connect|answer|handshake|lookup ...]}, by default 20000 and the first three.
 */
public final class BlackholeBench {
    private static final int TIMEOUT_SECONDS = 10; // a definition's default
    private static final int HEALTHY_PER_SECOND = 100; // of each kind
    private static final int WARM_UP_SECONDS = 6;
    private static final int WINDOW_SECONDS = 15;

    private final Probers probers;
    private final Targets targets;
    private final BlackHole hole;
    private final List<Load> healthy; // of HTTP, then of HTTPS

    private BlackholeBench(Targets targets, BlackHole hole, DatagramSocket nameServer) {
        this.targets = targets;
        this.hole = hole;
        ProbeSettings standard = ProbeSettings.of(EgressPreset.STANDALONE);
        ProbeSettings settings =
                new ProbeSettings(standard.threads(), standard.handshakes(), targets.authority(), standard.egress());
        // each of them is given two seconds: together they last as long as a check may
        InetSocketAddress silent = new InetSocketAddress(nameServer.getLocalAddress(), nameServer.getLocalPort());
        var servers =
                new SequentialDnsServerAddressStreamProvider(Collections.nCopies(TIMEOUT_SECONDS / 2 + 1, silent));
        Names names = new DnsNames(Path.of("/etc/hosts"), Ticker.system(), servers);
        probers = Probers.open(settings, List.of(), names, Ticker.system());
        healthy = List.of(
                new Load(probers, healthy("http://%s:" + targets.ports().http() + "/")),
                new Load(probers, healthy("https://%s:" + targets.ports().https() + "/")));
    }

    public static void main(String[] arguments) throws InterruptedException, SocketException {
        int wanted = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
        List<Silence> silences = arguments.length > 1
                ? Stream.of(arguments)
                        .skip(1)
                        .map(word -> Silence.valueOf(word.toUpperCase(Locale.ROOT)))
                        .toList()
                : List.of(Silence.CONNECT, Silence.ANSWER, Silence.HANDSHAKE);
        try (Targets targets = Targets.start();
                BlackHole hole = BlackHole.at("0.0.0.0");
                DatagramSocket nameServer = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            new BlackholeBench(targets, hole, nameServer)
                    .run(Mixture.of(wanted, Footprint.mostDescriptors()), silences);
        }
        System.exit(0);
    }

    private static List<Definition> healthy(String url) {
        return Ports.addresses()
                .map(address -> HttpProbe.get(url.formatted(address)))
                .map(probe -> Definition.of(
                        probe.with(draft -> draft.serverName = url.startsWith("https") ? Ports.SERVER_NAME : null)))
                .toList();
    }

    private void run(Mixture mixture, List<Silence> silences) throws InterruptedException {
        healthy.forEach(load -> load.start(HEALTHY_PER_SECOND));
        pass(WARM_UP_SECONDS);
        List<Harvest> alone = window();
        System.out.printf("alone: %s%n", Footprint.now());
        for (Silence silence : silences) {
            List<Load> loads = mixture.start(probers, silence, hole.port(), targets.ports(), TIMEOUT_SECONDS);
            pass(TIMEOUT_SECONDS + 2);
            loads.forEach(Load::harvest);
            double cpu = Footprint.now().cpuSeconds();
            List<Harvest> beside = window();
            Footprint footprint = Footprint.now();
            System.out.printf(
                    "%,d under way (%s): %s, %.0f %% of a core, %s%n",
                    loads.stream().mapToInt(Load::underWay).sum(),
                    mixture.words(silence),
                    footprint,
                    (footprint.cpuSeconds() - cpu) * 100 / WINDOW_SECONDS,
                    loads.stream().map(load -> load.harvest().ends()).toList());
            compare("HTTP", alone.getFirst(), beside.getFirst());
            compare("HTTPS", alone.getLast(), beside.getLast());
            loads.forEach(Load::end);
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
