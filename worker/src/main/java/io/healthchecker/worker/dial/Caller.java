package io.healthchecker.worker.dial;

import io.healthchecker.core.check.Reason;
import io.netty.channel.Channel;

/** Who wants a connection. Told exactly one of these, unless the dial is abandoned before. */
public interface Caller {
    /** The connection stands, encrypted where that was wanted; it is the caller's to close. */
    void connected(Channel channel);

    /** There is no connection, for a reason of the target's. */
    void failed(Reason reason, String detail);

    /** There is no connection, for a reason of ours. */
    void unable(String detail);
}
