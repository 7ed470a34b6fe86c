package io.healthchecker.worker.dial;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;

/** Which protocols a handshake offers for the time after it (RFC 7301). */
public enum Alpn {
    NONE,
    /** HTTP/2 alone. */
    HTTP2(ApplicationProtocolNames.HTTP_2),
    /** HTTP/2, or else HTTP/1.1. */
    ANY_HTTP(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);

    private final String[] protocols;

    Alpn(String... protocols) {
        this.protocols = protocols;
    }

    ApplicationProtocolConfig config() {
        return new ApplicationProtocolConfig(
                Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT, protocols);
    }
}
