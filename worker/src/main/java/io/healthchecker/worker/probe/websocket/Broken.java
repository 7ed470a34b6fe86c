package io.healthchecker.worker.probe.websocket;

import io.healthchecker.core.assertion.Excerpt;
import io.healthchecker.core.check.Reason;
import io.healthchecker.worker.dial.TlsFailure;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import java.io.IOException;
import javax.net.ssl.SSLException;

/** What an exception on a connection means. */
final class Broken {
    private Broken() {}

    /** Tells the visit, unless the closing of the connection will. */
    static void tell(Visit visit, Throwable thrown, String ifReset) {
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        String said = String.valueOf(cause.getMessage());
        if (cause instanceof SSLException) {
            TlsFailure failure = TlsFailure.of(cause);
            visit.failed(failure.reason(), failure.text());
        } else if (cause instanceof CorruptedWebSocketFrameException) {
            visit.failed(Reason.PROTOCOL_ERROR, "a frame breaks the rules of WebSockets: " + Excerpt.of(said, 200));
        } else if (cause instanceof IOException && said.contains("reset")) {
            visit.failed(Reason.CONNECTION_RESET, ifReset);
        } else if (!(cause instanceof IOException)) {
            visit.unable("the answer could not be handled: " + cause);
        }
    }
}
