package io.healthchecker.worker.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.job.Delivery;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.State;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.DnsProbe;
import io.healthchecker.testing.ScriptedNameServer;
import io.healthchecker.worker.Installation;
import io.healthchecker.worker.check.Check;
import io.healthchecker.worker.check.ProbeSettings;
import io.healthchecker.worker.check.Probers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A resolver that fails now and then: each failure has a reason of its own, and only those in a row make a transition. */
class DnsServiceTest {
    private static final String GOOD = "; www.test A 192.0.2.10";

    @Test
    void failuresOfSeveralKindsAreTransitionsOnlyInARow() {
        String answers = String.join(
                " // ",
                GOOD,
                "SERVFAIL",
                GOOD,
                "silent",
                GOOD,
                "REFUSED",
                GOOD,
                "NXDOMAIN",
                "NXDOMAIN",
                "NXDOMAIN",
                "NOERROR");
        try (var installation = new Installation();
                var server = ScriptedNameServer.start(answers, null, false);
                var probers = Probers.open(ProbeSettings.of(EgressPreset.STANDALONE), List.of(), Ticker.system())) {
            var transaction = new ResultTransaction(installation.jdbc, installation.transactions, Ticker.system());
            Definition definition = Definition.of(DnsProbe.of("www.test", "A", "127.0.0.1", server.port()))
                    .with(draft -> {
                        draft.periodSeconds = 10;
                        draft.timeoutSeconds = 9;
                        draft.failureThreshold = 2;
                    });
            Service service =
                    installation.registration.create(new NewService(1, "resolver", Source.REST, null, definition));
            Check check = probers.prepare(definition);
            Check hasty = probers.prepare(definition.with(draft -> draft.timeoutSeconds = 1));
            List<Reason> reasons = new ArrayList<>();
            List<State> before = new ArrayList<>();
            long start = Ticker.system().epochMillis() - 1_000_000;
            for (int i = 0; i < 11; i++) {
                Job job = new Job(service.id(), start + 10_000L * i, 1, 1, JobKind.GRID);
                CheckResult result = (i == 3 ? hasty : check) // which would wait for the silent one
                        .run(job)
                        .toCompletableFuture()
                        .orTimeout(60, TimeUnit.SECONDS)
                        .join();
                reasons.add(result.reason());
                transaction.write(
                        List.of(new Finished(new Delivery(0, "0-1", job, 1), result, Subject.of(service))), 1);
                if (i == 6) {
                    before.addAll(installation.turns(service));
                }
            }
            assertThat(reasons)
                    .containsExactly(
                            Reason.OK,
                            Reason.DNS_SERVFAIL,
                            Reason.OK,
                            Reason.TIMEOUT_RESPONSE,
                            Reason.OK,
                            Reason.DNS_REFUSED,
                            Reason.OK,
                            Reason.DNS_NXDOMAIN,
                            Reason.DNS_NXDOMAIN,
                            Reason.DNS_NXDOMAIN, // a third one, in case that this machine is too slow to be believed
                            Reason.DNS_NO_DATA);
            assertThat(before).as("while it failed now and then").containsExactly(State.UP);
            assertThat(installation.turns(service)).containsExactly(State.UP, State.DOWN);
            assertThat(installation.transitions(service).getLast().reason()).isEqualTo(Reason.DNS_NXDOMAIN);
            installation.assertInvariants();
        }
    }
}
