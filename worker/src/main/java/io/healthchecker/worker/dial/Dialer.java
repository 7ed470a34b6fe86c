package io.healthchecker.worker.dial;

import io.healthchecker.core.egress.EgressPolicy;
import java.util.function.Supplier;

/** Opens connections to targets, and is the only one who does. */
public final class Dialer {
    private final Names names;
    private final Supplier<EgressPolicy> egress;
    private final Tls tls;

    /** The policy is asked for anew for each connection. */
    public Dialer(Names names, Supplier<EgressPolicy> egress, Tls tls) {
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
