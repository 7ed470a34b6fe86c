package io.healthchecker.worker.probe.tcp;

import io.healthchecker.core.service.HttpUrl;
import io.healthchecker.crds.probe.TcpProbe;
import io.healthchecker.worker.dial.Dialer;
import io.healthchecker.worker.dial.Target;
import io.healthchecker.worker.dial.Target.Encryption;
import io.healthchecker.worker.dial.starttls.StartTls;
import io.healthchecker.worker.probe.Attempt;
import io.healthchecker.worker.probe.Prober;
import java.util.Objects;

/** Opens a connection, encrypts it and talks over it where wanted, and closes it. */
public final class TcpProber implements Prober {
    private final Dialer dialer;
    private final Target target;
    private final Script script;

    /**
     * Makes ready.
     *
     * @throws IllegalArgumentException if the host cannot be dialled or a step cannot be made, naming the field
     */
    public TcpProber(TcpProbe probe, Dialer dialer) {
        this.dialer = dialer;
        String host = HttpUrl.host(Objects.requireNonNull(probe.host(), "tcp.host"));
        int port = Objects.requireNonNull(probe.port(), "tcp.port");
        StartTls startTls = probe.startTls() == null ? null : StartTls.valueOf(probe.startTls());
        Encryption tls = null;
        if (Boolean.TRUE.equals(probe.tls()) || startTls != null) {
            String name = probe.serverName() == null ? host : HttpUrl.host(probe.serverName());
            tls = new Encryption(name, !"None".equals(probe.tlsVerification()));
        }
        this.target = new Target(host, port, tls, startTls);
        this.script = Script.of(probe.steps());
    }

    @Override
    public void probe(Attempt attempt) {
        TcpCall call = new TcpCall(attempt, script);
        attempt.busyWith(call);
        call.begin(dialer, target);
    }
}
