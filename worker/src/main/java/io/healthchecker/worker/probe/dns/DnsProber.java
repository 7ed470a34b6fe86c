package io.healthchecker.worker.probe.dns;

import io.healthchecker.core.service.DnsName;
import io.healthchecker.core.service.HttpUrl;
import io.healthchecker.crds.probe.DnsProbe;
import io.healthchecker.worker.dial.Dialer;
import io.healthchecker.worker.dial.NameServer;
import io.healthchecker.worker.dial.Target;
import io.healthchecker.worker.dial.Target.Encryption;
import io.healthchecker.worker.probe.Attempt;
import io.healthchecker.worker.probe.Prober;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks a name server. */
public final class DnsProber implements Prober {
    private final Dialer dialer;
    private final Question question;
    private final Way way;
    private final @Nullable String server;
    private final int port;
    private final @Nullable Encryption tls;
    private final String path;
    private final String expectedCode;
    private final boolean answersNeeded;

    /** How a question travels. */
    enum Way {
        UDP(53),
        TCP(53),
        TLS(853),
        HTTPS(443);

        private final int port;

        Way(int port) {
            this.port = port;
        }
    }

    /**
     * Makes ready.
     *
     * @throws IllegalArgumentException if it cannot be asked so, naming the field
     */
    public DnsProber(DnsProbe probe, Dialer dialer) {
        this.dialer = dialer;
        RecordType type = RecordType.of(probe.type() == null ? "A" : probe.type());
        boolean authentic =
                probe.expectedFlags() != null && probe.expectedFlags().contains("AD");
        this.question = new Question(
                DnsName.of(Objects.requireNonNull(probe.name(), "dns.name")),
                type,
                !Boolean.FALSE.equals(probe.recursion()),
                authentic);
        this.way = probe.transport() == null
                ? Way.UDP
                : Way.valueOf(probe.transport().toUpperCase(Locale.ROOT));
        this.server = probe.server() == null ? null : HttpUrl.host(probe.server());
        this.port = probe.port() == null ? way.port : probe.port();
        this.tls = way == Way.TLS || way == Way.HTTPS ? encryption(probe) : null;
        this.path = probe.path() == null ? "/dns-query" : probe.path();
        this.expectedCode = probe.expectedRcode() == null ? "NOERROR" : probe.expectedRcode();
        this.answersNeeded =
                probe.expectedAuthority() == null || probe.expectedAnswers() != null || probe.answerRules() != null;
    }

    private static Encryption encryption(DnsProbe probe) {
        String name = HttpUrl.host(
                Objects.requireNonNull(probe.serverName() == null ? probe.server() : probe.serverName(), "dns.server"));
        return new Encryption(name, !"None".equals(probe.tlsVerification()));
    }

    @Override
    public void probe(Attempt attempt) {
        Asking asking = new Asking(this, attempt);
        attempt.busyWith(asking);
        asking.begin();
    }

    Dialer dialer() {
        return dialer;
    }

    Question question() {
        return question;
    }

    Way way() {
        return way;
    }

    /** Whom to ask; the first of the machine's own name servers where none is named. */
    Target target() {
        if (server == null) {
            NameServer own = NameServer.own();
            return new Target(own.address(), own.port(), null);
        }
        return new Target(server, port, tls);
    }

    String path() {
        return path;
    }

    String expectedCode() {
        return expectedCode;
    }

    /** Whether an answer without a record of the type is none. */
    boolean answersNeeded() {
        return answersNeeded;
    }
}
