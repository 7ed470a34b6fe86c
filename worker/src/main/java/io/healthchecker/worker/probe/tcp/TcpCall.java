package io.healthchecker.worker.probe.tcp;

import io.healthchecker.core.assertion.Answer;
import io.healthchecker.core.assertion.Facts;
import io.healthchecker.core.check.Reason;
import io.healthchecker.worker.dial.Caller;
import io.healthchecker.worker.dial.Connection;
import io.healthchecker.worker.dial.Dial;
import io.healthchecker.worker.dial.Dialer;
import io.healthchecker.worker.dial.Target;
import io.healthchecker.worker.probe.Attempt;
import io.healthchecker.worker.probe.Undertaking;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** One connection, opened, talked over and closed. */
final class TcpCall implements Caller, Undertaking {
    private final Attempt attempt;
    private final Script script;
    private @Nullable Dial dial;
    private @Nullable Dialogue dialogue;

    TcpCall(Attempt attempt, Script script) {
        this.attempt = attempt;
        this.script = script;
    }

    void begin(Dialer dialer, Target target) {
        dial = dialer.dial(attempt.lane(), target, attempt.clock(), this);
    }

    @Override
    public void connected(Channel channel) {
        if (script.isEmpty()) {
            talked(channel);
        } else {
            dialogue = new Dialogue(attempt, script, channel, this);
            dialogue.begin();
        }
    }

    /** All steps were made. */
    void talked(Channel channel) {
        Facts facts = Connection.facts(channel, true);
        attempt.answered(Answer.connected(dialogue == null ? facts : facts.withCaptures(dialogue.captures())));
        channel.close();
    }

    void failedTalking(Reason reason, String detail) {
        attempt.failed(reason, dial == null ? detail : "%s %s".formatted(detail, dial.whereabouts()));
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
        if (dialogue != null) {
            dialogue.abandon();
        }
    }

    @Override
    public String whereabouts() {
        return (dial == null ? "" : dial.whereabouts()) + (dialogue == null ? "" : dialogue.whereabouts());
    }
}
