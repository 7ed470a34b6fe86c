package io.healthchecker.worker.probe.icmp;

import io.healthchecker.core.assertion.Answer;
import io.healthchecker.core.assertion.Facts;
import io.healthchecker.core.assertion.PingFacts;
import io.healthchecker.core.check.Reason;
import io.healthchecker.worker.dial.Dialling;
import io.healthchecker.worker.dial.EchoCaller;
import io.healthchecker.worker.dial.EchoSocket;
import io.healthchecker.worker.dial.Phase;
import io.healthchecker.worker.dial.PingProgram;
import io.healthchecker.worker.probe.Attempt;
import io.healthchecker.worker.probe.Undertaking;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The requests of one check and their replies. */
final class Pinging implements EchoCaller, EchoSocket.Hearer, Undertaking {
    private final IcmpProber prober;
    private final Attempt attempt;
    private final byte[] payload;
    private final long[] sentNanos;
    private final boolean[] replied;
    private final List<Long> rttNanos = new ArrayList<>();
    private final List<ScheduledFuture<?>> timers = new ArrayList<>(2);
    private @Nullable Dialling dial;
    private @Nullable EchoSocket socket;
    private @Nullable PingProgram program;
    private EchoSocket.@Nullable Trouble trouble;
    private int sent;
    private boolean over;

    Pinging(IcmpProber prober, Attempt attempt) {
        this.prober = prober;
        this.attempt = attempt;
        this.payload = new byte[prober.payloadBytes()];
        this.sentNanos = new long[prober.count()];
        this.replied = new boolean[prober.count()];
        ThreadLocalRandom.current().nextBytes(payload);
    }

    void begin() {
        dial = prober.dialer().echo(attempt.lane(), prober.host(), attempt.clock(), this);
    }

    @Override
    public void ready(EchoSocket ready) {
        socket = ready;
        attempt.clock().enter(Phase.RESPONSE);
        ready.hear(this);
        later(this::giveUp, prober.patienceMillis() - (int) (attempt.clock().elapsedNanos() / 1_000_000));
        next();
    }

    private void next() {
        if (over || socket == null) {
            return;
        }
        int sequence = sent++;
        sentNanos[sequence] = attempt.lane().ticker().nanoTime();
        if (sent < prober.count()) {
            later(this::next, prober.intervalMillis());
        }
        prober.dialer()
                .tell(() ->
                        "> echo request %d of %d, %d bytes".formatted(sequence + 1, prober.count(), payload.length));
        socket.send(sequence, payload);
    }

    private void later(Runnable what, int millis) {
        timers.add(attempt.lane().loop().schedule(what, Math.max(0, millis), TimeUnit.MILLISECONDS));
    }

    @Override
    public void reply(int sequence, byte[] back) {
        if (over || sequence >= sent || replied[sequence] || !Arrays.equals(back, payload)) {
            return; // somebody else's, or the second one to a request
        }
        replied[sequence] = true;
        if (rttNanos.isEmpty()) {
            attempt.clock().enter(Phase.TRANSFER);
        }
        long rtt = attempt.lane().ticker().nanoTime() - sentNanos[sequence];
        rttNanos.add(rtt);
        prober.dialer().tell(() -> "< echo reply %d after %.3f ms".formatted(sequence + 1, rtt / 1e6));
        if (rttNanos.size() == prober.count()) {
            judge(prober.count(), rttNanos);
        }
    }

    @Override
    public void trouble(EchoSocket.Trouble what) {
        if (over) {
            return;
        }
        trouble = what;
        prober.dialer().tell(() -> "* " + what.text());
        if (what.ours()) {
            end();
            attempt.unable(what.text());
        } else if (sent == prober.count() && rttNanos.isEmpty()) {
            giveUp(); // nothing better is to be hoped for
        }
    }

    private void giveUp() {
        if (!over) {
            judge(sent, rttNanos);
        }
    }

    private void judge(int requests, List<Long> times) {
        end();
        int lost = requests - times.size();
        if (times.isEmpty() && trouble != null) {
            attempt.failed(trouble.reason(), "%s %s".formatted(trouble.text(), whereabouts()));
        } else if (times.isEmpty()) {
            attempt.failed(
                    Reason.TIMEOUT_RESPONSE,
                    "none of %d echo requests was answered %s".formatted(requests, whereabouts()));
        } else if (lost > prober.lossAllowed()) {
            attempt.failed(
                    Reason.ASSERTION_FAILED,
                    "%d of %d echo requests were not answered; %d may be lost"
                            .formatted(lost, requests, prober.lossAllowed()));
        } else {
            attempt.answered(Answer.connected(Facts.NONE.withPing(PingFacts.of(requests, times))));
        }
    }

    @Override
    public void unsupported(InetAddress address, String why) {
        Path ping = PingProgram.find();
        if (ping == null) {
            attempt.unable(Reason.PROBE_NOT_SUPPORTED, why + ", and there is no ping program");
            return;
        }
        prober.dialer().tell(() -> "* %s; %s is run".formatted(why, ping));
        attempt.clock().enter(Phase.RESPONSE);
        int seconds = Math.max(1, prober.patienceMillis() / 1_000 - 1);
        var request = new PingProgram.Request(prober.count(), prober.payloadBytes(), seconds);
        try {
            program = PingProgram.start(ping, address, request, attempt.lane(), this::ran);
        } catch (IOException e) {
            attempt.unable(
                    Reason.PROBE_NOT_SUPPORTED, "%s, and %s cannot be run: %s".formatted(why, ping, e.getMessage()));
            return;
        }
        if (program == null) {
            attempt.unable("as many ping programs run as may");
        }
    }

    private void ran(PingProgram.@Nullable Outcome outcome) {
        if (over) {
            return;
        }
        if (outcome == null) {
            end();
            attempt.unable(Reason.PROBE_NOT_SUPPORTED, "neither this process nor the ping program may ping");
        } else {
            prober.dialer()
                    .tell(() ->
                            "< %d of %d replies".formatted(outcome.rttNanos().size(), outcome.sent()));
            judge(outcome.sent(), outcome.rttNanos());
        }
    }

    private void end() {
        over = true;
        timers.forEach(timer -> timer.cancel(false));
        if (socket != null) {
            socket.close();
        }
        if (program != null) {
            program.stop();
        }
    }

    @Override
    public void failed(Reason reason, String detail) {
        attempt.failed(reason, detail);
    }

    @Override
    public void unable(String detail) {
        attempt.unable(detail);
    }

    @Override
    public void abandon() {
        if (dial != null) {
            dial.abandon();
        }
        end();
    }

    @Override
    public String whereabouts() {
        return dial == null ? "" : dial.whereabouts();
    }
}
