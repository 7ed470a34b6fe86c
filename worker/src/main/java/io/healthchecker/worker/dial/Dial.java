package io.healthchecker.worker.dial;

import io.healthchecker.core.check.Reason;
import io.healthchecker.worker.dial.Target.Encryption;
import io.netty.channel.Channel;
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
public final class Dial implements Dialling {
    private final Dialer dialer;
    private final Lane lane;
    private final Target target;
    private final Route route;
    private final PhaseClock clock;
    private final Caller caller;
    private @Nullable ConnectRace race;
    private @Nullable Plea plea;
    private @Nullable Channel asked; // the connection to a proxy that has not answered yet
    private @Nullable Handshake handshake;
    private boolean over;

    Dial(Dialer dialer, Lane lane, Target target, Route route, PhaseClock clock, Caller caller) {
        this.dialer = dialer;
        this.lane = lane;
        this.target = target;
        this.route = route;
        this.clock = clock;
        this.caller = caller;
    }

    @Override
    public void abandon() {
        over = true;
        if (race != null) {
            race.abandon();
        }
        if (plea != null) {
            plea.abandon();
        }
        if (asked != null) {
            asked.close();
        }
        if (handshake != null) {
            handshake.abandon();
        }
    }

    @Override
    public String whereabouts() {
        return plea == null ? place() : place() + ", asking it to encrypt";
    }

    private String place() {
        if (race == null) {
            return "";
        }
        return route.proxy() == null ? race.whereabouts() : race.whereabouts() + ", the proxy";
    }

    void begin() {
        Route.Proxy proxy = route.proxy();
        if (proxy == null) {
            resolve(target.host(), target.port());
            return;
        }
        Resolution.begin(dialer, lane, target.host(), target.port(), clock, new Resolution.Receiver() {
            @Override
            public void resolved(List<InetAddress> addresses) {
                if (!over) {
                    resolve(proxy.host(), proxy.port());
                }
            }

            @Override
            public void unresolved(Reason reason, String detail) {
                if (reason == Reason.EGRESS_DENIED) {
                    failed(reason, detail);
                } else {
                    resolved(List.of()); // a name that only the proxy knows
                }
            }

            @Override
            public void unable(String detail) {
                Dial.this.unable(detail);
            }
        });
    }

    private void resolve(String host, int port) {
        Resolution.begin(dialer, lane, host, port, clock, new Resolution.Receiver() {
            @Override
            public void resolved(List<InetAddress> addresses) {
                if (!over) {
                    connect(host, port, route.family().of(addresses));
                }
            }

            @Override
            public void unresolved(Reason reason, String detail) {
                failed(reason, detail);
            }

            @Override
            public void unable(String detail) {
                Dial.this.unable(detail);
            }
        });
    }

    private void connect(String host, int port, List<InetAddress> addresses) {
        if (addresses.isEmpty()) {
            failed(
                    Reason.DNS_NO_DATA,
                    "%s has no %s address".formatted(host, route.family().words()));
            return;
        }
        clock.enter(Phase.CONNECT);
        race = new ConnectRace(lane, endpoints(addresses, port), this);
        race.next();
    }

    private List<InetSocketAddress> endpoints(List<InetAddress> addresses, int port) {
        List<InetSocketAddress> endpoints = new ArrayList<>(addresses.size());
        for (InetAddress address : Addresses.alternating(addresses, ThreadLocalRandom.current())) {
            endpoints.add(new InetSocketAddress(address, port));
        }
        return endpoints;
    }

    void connected(Channel channel) {
        Conversation conversation = dialer.conversation();
        if (conversation != null && (route.proxy() != null || target.startTls() != null)) {
            conversation.listen(channel); // what is said ahead of TLS
        }
        if (route.proxy() == null) {
            tunnelled(channel);
            return;
        }
        asked = channel;
        new Tunnel(lane, this).begin(channel, route.proxy(), target);
    }

    /** The connection leads to the target. */
    void tunnelled(Channel channel) {
        asked = null;
        Encryption wanted = target.tls();
        if (wanted == null) {
            over = true;
            caller.connected(channel);
            return;
        }
        if (target.startTls() != null) {
            clock.enter(Phase.RESPONSE);
            plea = new Plea(target.startTls(), wanted.serverName(), channel, this);
            plea.begin();
        } else {
            encrypt(channel, wanted);
        }
    }

    /** The server is ready to be encrypted. */
    void agreed(Channel channel) {
        plea = null;
        if (target.tls() != null) {
            encrypt(channel, target.tls());
        }
    }

    private void encrypt(Channel channel, Encryption wanted) {
        Conversation conversation = dialer.conversation();
        if (conversation != null) {
            conversation.leave(channel);
        }
        clock.pause(); // waiting for room among our own handshakes is not the target's time
        handshake = new Handshake(
                lane, channel, clock, this, () -> dialer.tls().handler(channel.alloc(), wanted, target.port()));
        handshake.enter();
    }

    void encrypted(Channel channel) {
        over = true;
        caller.connected(channel);
    }

    void failed(Reason reason, String detail) {
        if (!over) {
            over = true;
            caller.failed(reason, race == null ? detail : detail + " " + place());
        }
    }

    void unable(String detail) {
        if (!over) {
            over = true;
            caller.unable(detail);
        }
    }
}
