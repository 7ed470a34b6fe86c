package io.healthchecker.worker.probe.http;

import io.healthchecker.core.check.Reason;
import io.healthchecker.worker.http1.Head;
import io.netty.channel.Channel;

/** Who is told how a chase ended, by one of these. */
interface Ending {
    /** The channel is still open, and is closed afterwards. */
    void answered(Chase chase, Head head, byte[] body, Channel channel);

    void failed(Chase chase, Reason reason, String detail);
}
