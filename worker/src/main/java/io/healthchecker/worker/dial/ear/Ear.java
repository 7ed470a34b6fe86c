package io.healthchecker.worker.dial.ear;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/** Hears one direction of a connection. */
public interface Ear {
    /** Takes bytes as they come; they are the caller's, but for their reader index. */
    void take(ChannelHandlerContext context, ByteBuf bytes);

    /** Nothing more comes for now: tells of what is not whole. */
    default void pause() {}

    /** Nothing more comes at all. */
    default void end() {
        pause();
    }
}
