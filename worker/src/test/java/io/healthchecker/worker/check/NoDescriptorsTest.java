package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.DnsProbe;
import io.healthchecker.crds.probe.GrpcProbe;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.IcmpProbe;
import io.healthchecker.crds.probe.Probe;
import io.healthchecker.crds.probe.TcpProbe;
import io.healthchecker.crds.probe.TlsProbe;
import io.healthchecker.crds.probe.WebsocketProbe;
import io.healthchecker.testing.FreePort;
import io.healthchecker.testing.StubServer;
import io.healthchecker.worker.NoDescriptors;
import io.healthchecker.worker.dial.DnsNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where this process may open nothing more, nobody is called down for it. */
class NoDescriptorsTest {
    private final int nobody = FreePort.next();

    @Test
    void everyKindOfCheckSaysThatItIsTheWorkersTrouble() {
        var settings = new ProbeSettings(
                1, 8, null, TestProbers.settings(EgressPreset.STANDALONE).egress());
        try (var stub = StubServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                var probers =
                        TestProbers.with(settings, new DnsNames(Path.of("none"), Ticker.system()), Ticker.system())) {
            List<Definition> kinds = List.of(
                    seconds(HttpProbe.get(stub.url("/"))),
                    seconds(TcpProbe.of("localhost", stub.port())),
                    seconds(TlsProbe.of("127.0.0.1", nobody)),
                    seconds(GrpcProbe.of("127.0.0.1", nobody)),
                    seconds(WebsocketProbe.of("ws://127.0.0.1:%d/".formatted(nobody))),
                    seconds(DnsProbe.of("www.test", "A", "127.0.0.1", nobody)),
                    seconds(IcmpProbe.of("127.0.0.1")));
            kinds.forEach(probers::check); // every class is there then

            List<CheckResult> results = NoDescriptors.during(() -> {
                List<CheckResult> seen = new ArrayList<>();
                kinds.forEach(kind -> seen.add(probers.check(kind)));
                return seen;
            });

            assertThat(results).allSatisfy(result -> {
                assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN);
                assertThat(result.reason()).isIn(Reason.WORKER_FAULT, Reason.PROBE_NOT_SUPPORTED);
            });
            assertThat(probers.check(kinds.getFirst()).outcome())
                    .as("afterwards")
                    .isEqualTo(Outcome.UP);
        }
    }

    private static Definition seconds(Probe probe) {
        return Definition.of(probe).with(draft -> draft.timeoutSeconds = 30);
    }
}
