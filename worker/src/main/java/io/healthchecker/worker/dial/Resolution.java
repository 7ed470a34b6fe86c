package io.healthchecker.worker.dial;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.egress.Denial;
import io.healthchecker.core.egress.EgressPolicy;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** From a host to its addresses, each of them judged; a name is looked up once. */
final class Resolution {
    private final Dialer dialer;
    private final String host;
    private final int port;
    private final Receiver receiver;

    /** Who is told exactly one of these. */
    interface Receiver {
        /** At least one address, and all of them may be dialled. */
        void resolved(List<InetAddress> addresses);

        void unresolved(Reason reason, String detail);

        /** It is our own trouble that nobody could be asked. */
        void unable(String detail);
    }

    private Resolution(Dialer dialer, String host, int port, Receiver receiver) {
        this.dialer = dialer;
        this.host = host;
        this.port = port;
        this.receiver = receiver;
    }

    /**
     * Begins, on the lane's thread.
     *
     * @param port 0 where the protocol has none
     */
    static void begin(Dialer dialer, Lane lane, String host, int port, PhaseClock clock, Receiver receiver) {
        String rule = dialer.policy().rule(host);
        if (rule != null) {
            receiver.unresolved(Reason.EGRESS_DENIED, "%s is denied by the rule “%s”".formatted(host, rule));
            return;
        }
        var resolution = new Resolution(dialer, host, port, receiver);
        InetAddress literal = Addresses.literal(host);
        if (literal != null) {
            resolution.judge(List.of(literal));
            return;
        }
        clock.enter(Phase.DNS);
        Future<List<InetAddress>> lookup = dialer.names().addresses(host, lane.loop());
        if (lookup.isDone()) {
            resolution.ended(lookup);
        } else {
            lookup.addListener((Future<List<InetAddress>> done) -> resolution.ended(done));
        }
    }

    private void ended(Future<List<InetAddress>> lookup) {
        if (lookup.isSuccess() && !lookup.getNow().isEmpty()) {
            judge(lookup.getNow());
            return;
        }
        Throwable cause = lookup.cause() == null ? new UnknownHostException() : lookup.cause();
        NameFailure failure = NameFailure.of(host, cause);
        if (failure.ours()) {
            receiver.unable(failure.detail());
        } else {
            receiver.unresolved(failure.reason(), failure.detail());
        }
    }

    private void judge(List<InetAddress> addresses) {
        EgressPolicy policy = dialer.policy();
        for (InetAddress address : addresses) {
            Denial denial = policy.judge(address, port);
            if (denial != null) {
                receiver.unresolved(Reason.EGRESS_DENIED, denial.toString());
                return;
            }
        }
        receiver.resolved(addresses);
    }
}
