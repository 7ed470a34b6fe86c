package io.healthchecker.worker.dial;

import io.healthchecker.core.egress.EgressPolicy;
import io.healthchecker.core.time.Ticker;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens connections to targets, and is the only one who does. */
public final class Dialer {
    private final Names names;
    private final Supplier<EgressPolicy> egress;
    private final Tls tls;
    private final Ticker ticker;

    /** The policy is asked for anew for each connection. */
    public Dialer(Names names, Supplier<EgressPolicy> egress, Tls tls, Ticker ticker) {
        this.ticker = ticker;
        this.names = names;
        this.egress = egress;
        this.tls = tls;
    }

    /** Begins to dial, on the lane's thread; the clock is moved through the phases DNS, CONNECT and TLS. */
    public Dial dial(Lane lane, Target target, PhaseClock clock, Caller caller) {
        Dial dial = new Dial(this, lane, target, clock, caller);
        dial.begin();
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
