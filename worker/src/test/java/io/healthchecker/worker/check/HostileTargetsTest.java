package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.testing.StubServer;
import io.healthchecker.testing.StubServer.Script;
import io.healthchecker.worker.check.MemoryWatch.Peak;
import io.healthchecker.worker.dial.NamesOf;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Targets that want to keep us busy, waiting, or full, all at once: each check ends in time, by the reason that it should,
 * and nothing of it is left.
 */
@EnabledOnOs(OS.LINUX) // /proc tells what is left
class HostileTargetsTest {
    private static final int TIMES = 4; // each of them

    private final HostileTargets targets = new HostileTargets();

    @AfterEach
    void close() throws Exception {
        targets.close();
    }

    @Test
    void endInTimeByTheirReasonsAndLeaveNothing(@TempDir Path folder) throws Exception {
        targets.answers();
        targets.resets();
        endInTime(folder);
    }

    @Test
    void ofEveryKindEndInTimeByTheirReasonsAndLeaveNothing(@TempDir Path folder) throws Exception {
        targets.stalls();
        targets.kinds();
        endInTime(folder);
    }

    private void endInTime(Path folder) throws Exception {
        ProbeSettings standard = TestProbers.settings(EgressPreset.STANDALONE);
        ProbeSettings settings =
                new ProbeSettings(2, standard.handshakes(), HostileTargets.AUTHORITY.pem(folder), standard.egress());
        try (var server = HostileNameServer.start();
                var probers = TestProbers.with(settings, NamesOf.server(server.address()), Ticker.system())) {
            targets.names();
            warmUp(probers);
            long heapBefore = liveHeap();
            Map<String, List<CheckResult>> results;
            Peak peak;
            try (var memory = MemoryWatch.start()) {
                results = checkAll(probers);
                peak = memory.peak();
            }
            results.forEach((name, all) -> assertThat(all).as(name).allSatisfy(result -> {
                assertThat(result.reason()).as("%s", result).isEqualTo(targets.expected(name));
                assertThat(result.outcome()).isEqualTo(Outcome.DOWN);
                assertThat(result.latencyMicros()).isLessThan(30_000_000);
            }));
            await().untilAsserted(() -> assertThat(targets.connections()).isZero());
            long grown = liveHeap() - heapBefore;
            System.out.printf(
                    "%d checks of %d hostile targets at once: live heap %+d kB while they ran, %+d kB behind them; direct"
                            + " memory of Netty %d kB at most; connections left %d%n",
                    TIMES * targets.wanted().size(),
                    targets.wanted().size(),
                    (peak.liveHeap() - heapBefore) / 1_024,
                    grown / 1_024,
                    peak.direct() / 1_024,
                    targets.connections());
            assertThat(grown).isLessThan(64_000_000);
            assertThat(peak.liveHeap() - heapBefore)
                    .as("live heap in the middle")
                    .isLessThan(192_000_000);
            assertThat(peak.direct()).as("direct memory").isLessThan(128_000_000);
        }
    }

    /** A name leads elsewhere when it is looked up for the second time: each look-up is judged by itself. */
    @Test
    void aNameThatChangesBetweenLookUpsLeadsNowhereItMayNot() throws Exception {
        try (var server = HostileNameServer.start();
                var probers = TestProbers.with(
                        TestProbers.settings(EgressPreset.STANDALONE),
                        NamesOf.server(server.address()),
                        Ticker.system());
                var stub = StubServer.start(connection -> {
                    connection.request();
                    connection.send("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n");
                })) {
            CheckResult seen = probers.check(Wanted.http("http://changing.test:%d/".formatted(stub.port())));
            assertThat(seen.reason()).as("%s", seen).isEqualTo(Reason.EGRESS_DENIED);
            assertThat(seen.detail()).contains("169.254.169.254");
            assertThat(stub.requests()).hasSize(1);
        }
    }

    private Map<String, List<CheckResult>> checkAll(TestProbers probers) {
        Map<String, List<CompletableFuture<CheckResult>>> running = new LinkedHashMap<>();
        for (int i = 0; i < TIMES; i++) {
            targets.wanted()
                    .forEach((name, check) -> running.computeIfAbsent(name, _ -> new ArrayList<>())
                            .add(probers.probers().probe(check).toCompletableFuture()));
        }
        Map<String, List<CheckResult>> results = new LinkedHashMap<>();
        running.forEach((name, all) ->
                results.put(name, all.stream().map(CompletableFuture::join).toList()));
        return results;
    }

    // classes, buffers of threads, the sockets of the resolvers
    private void warmUp(TestProbers probers) {
        Script script = connection -> {
            connection.request();
            connection.send(HostileTargets.OK + "\r\nb");
        };
        try (var stub = StubServer.start(script);
                var tls = StubServer.encrypted(HostileTargets.AUTHORITY.server("127.0.0.1"), script)) {
            // one after the other on both lanes, each of which has a resolver of its own
            for (int i = 0; i < 4; i++) {
                probers.check(Wanted.http("http://warm.test:%d/".formatted(stub.port())));
            }
            for (int i = 0; i < 4; i++) {
                probers.check(Wanted.http("https://127.0.0.1:%d/".formatted(tls.port())));
            }
        }
    }

    private static long liveHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
