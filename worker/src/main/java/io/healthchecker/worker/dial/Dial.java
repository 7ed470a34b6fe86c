package io.healthchecker.worker.dial;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.egress.Denial;
import io.healthchecker.core.egress.EgressPolicy;
import io.healthchecker.worker.dial.Target.Encryption;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One way to one target: every address of its name is judged, and only such a judged address is connected to; the name
 * is never looked up a second time.
 */
public final class Dial {
    private final Dialer dialer;
    private final Lane lane;
    private final Target target;
    private final PhaseClock clock;
    private final Caller caller;
    private @Nullable ConnectRace race;
    private @Nullable Handshake handshake;
    private boolean over;

    Dial(Dialer dialer, Lane lane, Target target, PhaseClock clock, Caller caller) {
        this.dialer = dialer;
        this.lane = lane;
        this.target = target;
        this.clock = clock;
        this.caller = caller;
    }

    /** Ends the dial without another word to the caller. After the connection stands it does nothing. */
    public void abandon() {
        over = true;
        if (race != null) {
            race.abandon();
        }
        if (handshake != null) {
            handshake.abandon();
        }
    }

    /** Where it is by now, such as {@code at 192.0.2.7:443, the second of 2 addresses}; empty before it has an address. */
    public String whereabouts() {
        return race == null ? "" : race.whereabouts();
    }

    void begin() {
        InetAddress literal = Addresses.literal(target.host());
        if (literal != null) {
            judge(List.of(literal));
            return;
        }
        clock.enter(Phase.DNS);
        Future<List<InetAddress>> lookup = dialer.names().addresses(target.host(), lane.loop());
        if (lookup.isDone()) {
            resolved(lookup);
        } else {
            lookup.addListener((Future<List<InetAddress>> done) -> resolved(done));
        }
    }

    private void resolved(Future<List<InetAddress>> lookup) {
        if (over) {
            return;
        }
        if (lookup.isSuccess() && !lookup.getNow().isEmpty()) {
            judge(lookup.getNow());
            return;
        }
        over = true;
        Throwable cause = lookup.cause() == null ? new java.net.UnknownHostException() : lookup.cause();
        NameFailure failure = NameFailure.of(target.host(), cause);
        caller.failed(failure.reason(), failure.detail());
    }

    private void judge(List<InetAddress> addresses) {
        EgressPolicy policy = dialer.policy();
        for (InetAddress address : addresses) {
            Denial denial = policy.judge(address, target.port());
            if (denial != null) {
                over = true;
                caller.failed(Reason.EGRESS_DENIED, denial.toString());
                return;
            }
        }
        clock.enter(Phase.CONNECT);
        race = new ConnectRace(lane, endpoints(addresses), this);
        race.next();
    }

    private List<InetSocketAddress> endpoints(List<InetAddress> addresses) {
        List<InetSocketAddress> endpoints = new ArrayList<>(addresses.size());
        for (InetAddress address : Addresses.alternating(addresses, ThreadLocalRandom.current())) {
            endpoints.add(new InetSocketAddress(address, target.port()));
        }
        return endpoints;
    }

    void connected(Channel channel) {
        Encryption wanted = target.tls();
        if (wanted == null) {
            over = true;
            caller.connected(channel);
            return;
        }
        clock.pause(); // waiting for room among our own handshakes is not the target's time
        handshake = new Handshake(lane, channel, clock, this);
        handshake.enter(() -> dialer.tls().handler(channel.alloc(), wanted, target.port()));
    }

    void encrypted(Channel channel) {
        over = true;
        caller.connected(channel);
    }

    void failed(Reason reason, String detail) {
        if (!over) {
            over = true;
            String where = whereabouts();
            caller.failed(reason, where.isEmpty() ? detail : detail + " " + where);
        }
    }

    void unable(String detail) {
        if (!over) {
            over = true;
            caller.unable(detail);
        }
    }
}
