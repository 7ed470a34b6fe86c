package io.healthchecker.worker.dial;

import io.netty.channel.Channel;

/** What holds of every channel of datagrams. */
public final class Datagrams {
    private Datagrams() {}

    /**
     * Closes a channel, after the read that may be under way: Netty reads on by epoll when a handler has closed the channel,
     * by then perhaps from a socket that another thread opened under the same number, whose answer would be lost.
     */
    public static void close(Channel channel) {
        channel.eventLoop().execute(channel::close);
    }
}
