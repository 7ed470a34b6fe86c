package io.healthchecker.worker.probe.tls;

import io.healthchecker.core.assertion.Answer;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.service.HttpUrl;
import io.healthchecker.crds.probe.TlsProbe;
import io.healthchecker.worker.dial.Caller;
import io.healthchecker.worker.dial.Connection;
import io.healthchecker.worker.dial.Dial;
import io.healthchecker.worker.dial.Dialer;
import io.healthchecker.worker.dial.Target;
import io.healthchecker.worker.dial.Target.Encryption;
import io.healthchecker.worker.probe.Attempt;
import io.healthchecker.worker.probe.Prober;
import io.healthchecker.worker.probe.Undertaking;
import io.netty.channel.Channel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a handshake, and closes the connection. */
public final class TlsProber implements Prober {
    private static final int PORT = 443;

    private final Dialer dialer;
    private final Target target;

    /**
     * Makes ready.
     *
     * @throws IllegalArgumentException if the host cannot be dialled
     */
    public TlsProber(TlsProbe probe, Dialer dialer) {
        this.dialer = dialer;
        String host = HttpUrl.host(Objects.requireNonNull(probe.host(), "tls.host"));
        String name = probe.serverName() == null ? host : HttpUrl.host(probe.serverName());
        Encryption tls = new Encryption(name, !"None".equals(probe.tlsVerification()));
        this.target = new Target(host, probe.port() == null ? PORT : probe.port(), tls);
    }

    @Override
    public void probe(Attempt attempt) {
        Call call = new Call(attempt);
        attempt.busyWith(call);
        call.dial = dialer.dial(attempt.lane(), target, attempt.clock(), call);
    }

    private static final class Call implements Caller, Undertaking {
        private final Attempt attempt;
        private @Nullable Dial dial;

        Call(Attempt attempt) {
            this.attempt = attempt;
        }

        @Override
        public void connected(Channel channel) {
            attempt.answered(Answer.connected(Connection.facts(channel, true)));
            channel.close();
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
        }

        @Override
        public String whereabouts() {
            return dial == null ? "" : dial.whereabouts();
        }
    }
}
