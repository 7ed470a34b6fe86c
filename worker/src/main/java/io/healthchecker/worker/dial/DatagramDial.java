package io.healthchecker.worker.dial;

import io.healthchecker.core.check.Reason;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A way to one target by datagrams: every address of its name is judged, and to one of them a socket is connected, so
 * that no other address is heard.
 */
final class DatagramDial implements Dialling, Resolution.Receiver {
    private static final int LARGEST = 65_535;

    private final Lane lane;
    private final int port;
    private final Caller caller;
    private @Nullable InetSocketAddress endpoint;
    private @Nullable Channel channel;
    private boolean over;

    DatagramDial(Lane lane, int port, Caller caller) {
        this.lane = lane;
        this.port = port;
        this.caller = caller;
    }

    @Override
    public void resolved(List<InetAddress> addresses) {
        if (over) {
            return;
        }
        InetAddress address =
                Addresses.alternating(addresses, ThreadLocalRandom.current()).getFirst();
        endpoint = new InetSocketAddress(address, port);
        DatagramChannel socket;
        try {
            socket = Transport.newDatagramSocket(address);
        } catch (RuntimeException e) { // out of file descriptors
            over = true;
            caller.unable("no socket could be opened: " + e.getMessage());
            return;
        }
        channel = socket;
        socket.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(LARGEST));
        lane.loop().register(socket);
        socket.connect(endpoint).addListener((ChannelFuture done) -> connected(done));
    }

    private void connected(ChannelFuture done) {
        if (over) {
            done.channel().close();
            return;
        }
        over = true;
        if (done.isSuccess()) {
            caller.connected(done.channel());
            return;
        }
        done.channel().close();
        ConnectFailure failure = ConnectFailure.of(done.cause());
        if (failure.ours()) {
            caller.unable("%s %s".formatted(failure.text(), whereabouts()));
        } else {
            caller.failed(failure.reason(), "%s %s".formatted(failure.text(), whereabouts()));
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
        if (!over) {
            over = true;
            if (channel != null) {
                channel.close();
            }
        }
    }

    @Override
    public String whereabouts() {
        return endpoint == null ? "" : "at " + Addresses.text(endpoint);
    }
}
