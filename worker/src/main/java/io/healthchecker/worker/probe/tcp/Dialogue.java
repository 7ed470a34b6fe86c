package io.healthchecker.worker.probe.tcp;

import io.healthchecker.core.assertion.Excerpt;
import io.healthchecker.core.check.Reason;
import io.healthchecker.worker.dial.Phase;
import io.healthchecker.worker.dial.TlsFailure;
import io.healthchecker.worker.probe.Attempt;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A script, followed on one connection. */
final class Dialogue extends ChannelInboundHandlerAdapter {
    private static final int SHOWN = 200;
    private static final int TRIES_AT_ONCE = 32;
    private static final long TRY_AGAIN_MILLIS = 50;

    private final Attempt attempt;
    private final Script script;
    private final Channel channel;
    private final TcpCall call;
    private final Said said = new Said();
    private final Map<String, String> captures = new LinkedHashMap<>();
    private int next;
    private int tries;
    private @Nullable ScheduledFuture<?> trial;
    private boolean answering;
    private boolean over;

    Dialogue(Attempt attempt, Script script, Channel channel, TcpCall call) {
        this.attempt = attempt;
        this.script = script;
        this.channel = channel;
        this.call = call;
    }

    void begin() {
        attempt.clock().enter(Phase.RESPONSE);
        channel.pipeline().addLast(this);
        go();
    }

    /** What was matched by groups so far, the newest of each name. */
    Map<String, String> captures() {
        return captures;
    }

    private void go() {
        while (!over && next < script.steps().size()) {
            switch (script.steps().get(next)) {
                case Script.Step.Send send -> say(send.bytes(captures));
                case Script.Step.SendBytes send -> say(send.bytes());
                case Script.Step.Expect(Expected expected) -> {
                    if (!heard(expected)) {
                        return;
                    }
                }
            }
            next++;
        }
        if (!over) {
            end();
            call.talked(channel);
        }
    }

    private void say(byte[] bytes) {
        channel.writeAndFlush(channel.alloc().buffer(bytes.length).writeBytes(bytes), channel.voidPromise());
    }

    private boolean heard(Expected expected) {
        if (said.isEmpty()) {
            return false; // an expression that matches nothing at all still waits for something
        }
        String text = said.text();
        Expected.Match match = expected.in(text);
        if (match != null) {
            captures.putAll(match.groups());
            said.forget(text, match.end());
            return true;
        }
        if (expected.hopeless(text)) {
            String line = text.substring(0, text.indexOf('\n')).stripTrailing();
            fail(Reason.ASSERTION_FAILED, "%s, got \"%s\"".formatted(waiting(), Excerpt.of(line, SHOWN)));
        } else if (said.full()) {
            fail(Reason.ASSERTION_FAILED, "%s, which is not in %d bytes%s".formatted(waiting(), Said.MAX, got()));
        }
        return false;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (over) {
                return;
            }
            if (!answering) {
                answering = true;
                attempt.clock().enter(Phase.TRANSFER);
            }
            while (!over && bytes.isReadable()) {
                said.add(bytes);
                look();
                if (said.full()) {
                    return; // what no step has asked for yet
                }
            }
        } finally {
            bytes.release();
        }
    }

    // a server that drips must not have every byte of it searched through anew
    private void look() {
        if (tries < TRIES_AT_ONCE || said.full()) {
            tries++;
            go();
        } else if (trial == null) {
            trial = attempt.lane()
                    .loop()
                    .schedule(
                            () -> {
                                trial = null;
                                go();
                            },
                            TRY_AGAIN_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    /** What it waits for, to stand behind “after 5000 ms at 192.0.2.7:25”. */
    String whereabouts() {
        return over ? "" : ", " + waiting() + got();
    }

    private String waiting() {
        return next < script.steps().size() && script.steps().get(next) instanceof Script.Step.Expect(Expected expected)
                ? "steps[%d] expects %s".formatted(next, Excerpt.of(expected.toString(), SHOWN))
                : "steps[%d] sends".formatted(next);
    }

    private String got() {
        String text = said.text();
        return text.isEmpty() ? ", got nothing" : ", got \"%s\"".formatted(Excerpt.of(text.strip(), SHOWN));
    }

    /** Ends it without another word; the connection is closed. */
    void abandon() {
        end();
        channel.close();
    }

    private void end() {
        over = true;
        if (trial != null) {
            trial.cancel(false);
            trial = null;
        }
    }

    private void fail(Reason reason, String detail) {
        if (!over) {
            abandon();
            call.failedTalking(reason, detail);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (trial != null) {
            go(); // what came last has not been looked at yet
        }
        fail(Reason.CONNECTION_CLOSED, "closed while " + waiting() + got());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        boolean ssl = thrown instanceof SSLException || thrown.getCause() instanceof SSLException;
        if (ssl) {
            TlsFailure failure = TlsFailure.of(thrown);
            fail(failure.reason(), failure.text());
        } else if (thrown instanceof IOException
                && String.valueOf(thrown.getMessage()).contains("reset")) {
            fail(Reason.CONNECTION_RESET, "reset while " + waiting() + got());
        } else if (!(thrown instanceof IOException) && !over) {
            abandon();
            call.unable("the answer could not be handled: " + thrown);
        } // what could not be written may have its answer all the same; else the connection closes
    }
}
