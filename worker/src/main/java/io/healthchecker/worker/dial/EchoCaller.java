package io.healthchecker.worker.dial;

import io.healthchecker.core.check.Reason;
import java.net.InetAddress;

/** Who wants to send echo requests. Told exactly one of these, unless the way is abandoned before. */
public interface EchoCaller {
    /** The socket is the caller's to close. */
    void ready(EchoSocket socket);

    /** This process can have no socket for it; the address may be dialled by other means. */
    void unsupported(InetAddress address, String why);

    /** There is none, for a reason of the target's. */
    void failed(Reason reason, String detail);

    /** There is none, for a reason of ours. */
    void unable(String detail);
}
