package io.healthchecker.worker.probe.http;

import io.healthchecker.worker.dial.Alpn;
import io.healthchecker.worker.dial.Tls;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** Which version of HTTP a definition wants to be spoken. */
enum HttpVersion {
    HTTP1(Alpn.NONE),
    /** By ALPN where it is encrypted, else at once. */
    HTTP2(Alpn.HTTP2),
    /** What ALPN agrees on; HTTP/1.1 where nothing is encrypted. */
    NEGOTIATED(Alpn.ANY_HTTP);

    private final Alpn alpn;

    HttpVersion(Alpn alpn) {
        this.alpn = alpn;
    }

    static HttpVersion of(@Nullable String wanted) {
        return switch (wanted) {
            case "HTTP2" -> HTTP2;
            case "Negotiated" -> NEGOTIATED;
            case null, default -> HTTP1;
        };
    }

    Alpn alpn() {
        return alpn;
    }

    /** Whether HTTP/2 is to be spoken on a connection. */
    boolean isHttp2(Channel channel, boolean tls) {
        return switch (this) {
            case HTTP1 -> false;
            case HTTP2 -> true;
            case NEGOTIATED -> tls && Tls.agreedOnHttp2(channel);
        };
    }
}
