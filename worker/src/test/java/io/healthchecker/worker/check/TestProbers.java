package io.healthchecker.worker.check;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.worker.dial.DnsNames;
import io.healthchecker.worker.dial.Names;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Probers with two threads, as a test needs them. */
final class TestProbers implements AutoCloseable {
    private static final Path HOSTS = Path.of("/etc/hosts");

    private final Probers probers;

    private TestProbers(Probers probers) {
        this.probers = probers;
    }

    static TestProbers standalone() {
        return with(settings(EgressPreset.STANDALONE), new DnsNames(HOSTS, Ticker.system()), Ticker.system());
    }

    static TestProbers standalone(Names names, InetSocketAddress... own) {
        return new TestProbers(Probers.open(settings(EgressPreset.STANDALONE), List.of(own), names, Ticker.system()));
    }

    static TestProbers with(ProbeSettings settings, Names names, Ticker ticker) {
        return new TestProbers(Probers.open(settings, List.of(), names, ticker));
    }

    static ProbeSettings settings(EgressPreset preset) {
        ProbeSettings standard = ProbeSettings.of(preset);
        return new ProbeSettings(2, standard.handshakes(), null, standard.egress());
    }

    Probers probers() {
        return probers;
    }

    CheckResult check(Wanted wanted) {
        return check(wanted.definition());
    }

    /** The result, which is there within the definition's timeout and the time that a busy machine may add. */
    CheckResult check(Definition definition) {
        return probers.probe(definition)
                .toCompletableFuture()
                .orTimeout(definition.timeoutMillis() + 20_000, TimeUnit.MILLISECONDS)
                .join();
    }

    @Override
    public void close() {
        probers.close();
    }
}
