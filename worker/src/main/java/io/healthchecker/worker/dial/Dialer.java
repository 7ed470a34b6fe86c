package io.healthchecker.worker.dial;

import io.healthchecker.core.egress.EgressPolicy;
import io.healthchecker.core.egress.TeamEgress;
import io.healthchecker.core.time.Ticker;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens connections to targets, and is the only one who does. */
public final class Dialer {
    private final Names names;
    private final Supplier<EgressPolicy> egress;
    private final Tls tls;
    private final Ticker ticker;
    private final @Nullable Conversation conversation;

    /** The policy is asked for anew for each connection. */
    public Dialer(Names names, Supplier<EgressPolicy> egress, Tls tls, Ticker ticker) {
        this(names, egress, tls, ticker, null);
    }

    private Dialer(
            Names names, Supplier<EgressPolicy> egress, Tls tls, Ticker ticker, @Nullable Conversation conversation) {
        this.ticker = ticker;
        this.names = names;
        this.egress = egress;
        this.tls = tls;
        this.conversation = conversation;
    }

    /** Begins to dial, on the lane's thread; the clock is moved through the phases DNS, CONNECT and TLS. */
    public Dial dial(Lane lane, Target target, PhaseClock clock, Caller caller) {
        return dial(lane, target, Route.DIRECT, clock, caller);
    }

    /** Begins to dial on a certain way. */
    public Dial dial(Lane lane, Target target, Route route, PhaseClock clock, Caller caller) {
        Caller told = conversation == null ? caller : conversation.overheard(target, caller);
        Dial dial = new Dial(this, lane, target, route, clock, told);
        dial.begin();
        return dial;
    }

    /**
     * The same for datagrams, to one of the target's addresses; there is no phase CONNECT, since nothing is asked of the
     * target yet.
     */
    public Dialling datagrams(Lane lane, Target target, PhaseClock clock, Caller caller) {
        tell(() -> "* asking %s:%d by datagrams".formatted(target.host(), target.port()));
        DatagramDial dial = new DatagramDial(lane, target.port(), caller);
        Resolution.begin(this, lane, target.host(), target.port(), clock, dial);
        return dial;
    }

    /** The same for echo requests. */
    public Dialling echo(Lane lane, String host, PhaseClock clock, EchoCaller caller) {
        tell(() -> "* pinging " + host);
        EchoDial dial = new EchoDial(lane, caller);
        Resolution.begin(this, lane, host, 0, clock, dial);
        return dial;
    }

    /**
     * Makes TLS ready that is a definition's own, to be put into its targets.
     *
     * @param authorities whom to trust, PEM; null for those of the worker
     * @param identity certificate to show, null for none
     * @throws IllegalArgumentException if one of them cannot be read; the message says which
     */
    public OwnTls ownTls(@Nullable String authorities, @Nullable ClientIdentity identity, boolean verified, Alpn alpn) {
        return tls.own(authorities, identity, verified, alpn, ticker);
    }

    /** The same for the checks of one team, which may dial less. */
    public Dialer within(Supplier<TeamEgress.Judge> team) {
        return new Dialer(names, () -> egress.get().within(team.get()), tls, ticker, conversation);
    }

    /** The same, with somebody who listens. */
    public Dialer overheard(Conversation listener) {
        return new Dialer(names, egress, tls, ticker, listener);
    }

    /** Tells whoever listens what is not text: a line behind {@code >} for what we say, {@code <} for what we hear. */
    public void tell(Supplier<String> line) {
        if (conversation != null) {
            conversation.tell(line.get());
        }
    }

    @Nullable
    Conversation conversation() {
        return conversation;
    }

    Names names() {
        return names;
    }

    EgressPolicy policy() {
        return egress.get();
    }

    Tls tls() {
        return tls;
    }
}
