package io.healthchecker.worker.dial;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connects to the first of several addresses that lets us: the next one starts when one fails, or after 250 ms. */
final class ConnectRace {
    private static final long HEAD_START_MILLIS = 250; // RFC 8305 §5
    private static final int MAX_ADDRESSES = 8;

    private final Lane lane;
    private final List<InetSocketAddress> endpoints;
    private final Dial dial;
    private final List<Channel> running = new ArrayList<>(1);
    private @Nullable ScheduledFuture<?> headStart;
    private int started;
    private int named; // the endpoint that a text would name: the newest, or the one that won
    private boolean over;

    ConnectRace(Lane lane, List<InetSocketAddress> endpoints, Dial dial) {
        this.lane = lane;
        this.endpoints = endpoints.subList(0, Math.min(endpoints.size(), MAX_ADDRESSES));
        this.dial = dial;
    }

    void next() {
        cancelHeadStart();
        int mine = started++;
        named = mine;
        if (started < endpoints.size()) {
            headStart = lane.loop().schedule(this::next, HEAD_START_MILLIS, TimeUnit.MILLISECONDS);
        }
        SocketChannel channel;
        try {
            channel = Transport.newSocket(endpoints.get(mine).getAddress());
        } catch (RuntimeException e) { // out of file descriptors
            abandon();
            dial.unable("no socket could be opened: " + e.getMessage());
            return;
        }
        channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0); // the check has a deadline of its own
        running.add(channel);
        lane.loop().register(channel);
        ChannelFuture connect = channel.connect(endpoints.get(mine));
        if (connect.isDone()) {
            ended(mine, connect);
        } else {
            connect.addListener((ChannelFuture done) -> ended(mine, done));
        }
    }

    private void ended(int index, ChannelFuture connect) {
        if (over) {
            connect.channel().close();
            return;
        }
        running.remove(connect.channel());
        if (connect.isSuccess()) {
            named = index;
            abandon();
            dial.connected(connect.channel());
        } else {
            lost(index, connect);
        }
    }

    private void lost(int index, ChannelFuture connect) {
        connect.channel().close();
        if (started < endpoints.size()) {
            next();
        } else if (running.isEmpty()) {
            named = index;
            over = true;
            ConnectFailure failure = ConnectFailure.of(connect.cause());
            if (failure.ours()) {
                dial.unable("%s %s".formatted(failure.text(), whereabouts()));
            } else {
                dial.failed(failure.reason(), failure.text());
            }
        }
    }

    /** Closes all that has not won. */
    void abandon() {
        over = true;
        cancelHeadStart();
        running.forEach(Channel::close);
        running.clear();
    }

    private void cancelHeadStart() {
        if (headStart != null) {
            headStart.cancel(false);
            headStart = null;
        }
    }

    String whereabouts() {
        String at = "at " + Addresses.text(endpoints.get(named));
        return endpoints.size() == 1 ? at : "%s, the %s of %d addresses".formatted(at, nth(named), endpoints.size());
    }

    private static String nth(int index) {
        return switch (index) {
            case 0 -> "first";
            case 1 -> "second";
            case 2 -> "third";
            default -> (index + 1) + "th";
        };
    }
}
