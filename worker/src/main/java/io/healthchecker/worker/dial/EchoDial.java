package io.healthchecker.worker.dial;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.egress.Ipv6Text;
import io.netty.channel.ChannelFuture;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A way to one target for echo requests: every address of its name is judged, and one of them is taken. */
final class EchoDial implements Dialling, Resolution.Receiver {
    private final Lane lane;
    private final EchoCaller caller;
    private @Nullable InetAddress address;
    private boolean over;

    EchoDial(Lane lane, EchoCaller caller) {
        this.lane = lane;
        this.caller = caller;
    }

    @Override
    public void resolved(List<InetAddress> addresses) {
        if (over) {
            return;
        }
        InetAddress chosen =
                Addresses.alternating(addresses, ThreadLocalRandom.current()).getFirst();
        address = chosen;
        boolean ipv6 = chosen instanceof Inet6Address;
        IcmpSockets.Opened opened;
        try {
            opened = IcmpSockets.open(ipv6);
        } catch (IcmpSockets.Refused e) {
            refused(chosen, e);
            return;
        }
        lane.loop().register(opened.channel());
        EchoSocket socket = new EchoSocket(opened.channel(), ipv6, opened.raw());
        opened.channel()
                .connect(new InetSocketAddress(chosen, 0))
                .addListener((ChannelFuture done) -> connected(done, socket));
    }

    private void refused(InetAddress chosen, IcmpSockets.Refused why) {
        over = true;
        String text = String.valueOf(why.getMessage());
        if (why.forGood()) {
            caller.unsupported(chosen, text);
        } else {
            caller.unable(text);
        }
    }

    private void connected(ChannelFuture done, EchoSocket socket) {
        if (over) {
            done.channel().close();
            return;
        }
        over = true;
        if (done.isSuccess()) {
            caller.ready(socket);
            return;
        }
        done.channel().close();
        ConnectFailure failure = ConnectFailure.of(done.cause());
        String detail = "%s %s".formatted(failure.text(), whereabouts());
        if (failure.ours()) {
            caller.unable(detail);
        } else {
            caller.failed(failure.reason(), detail);
        }
    }

    @Override
    public void unresolved(Reason reason, String detail) {
        if (!over) {
            over = true;
            caller.failed(reason, detail);
        }
    }

    @Override
    public void unable(String detail) {
        if (!over) {
            over = true;
            caller.unable(detail);
        }
    }

    @Override
    public void abandon() {
        over = true;
    }

    @Override
    public String whereabouts() {
        if (address == null) {
            return "";
        }
        return "at " + (address instanceof Inet6Address six ? Ipv6Text.of(six) : address.getHostAddress());
    }
}
