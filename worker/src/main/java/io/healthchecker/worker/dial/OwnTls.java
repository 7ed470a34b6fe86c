package io.healthchecker.worker.dial;

import io.netty.handler.ssl.SslContext;

/** TLS by what one definition says; it knows a private key and prints nothing of itself. */
public final class OwnTls {
    private final SslContext context;

    OwnTls(SslContext context) {
        this.context = context;
    }

    SslContext context() {
        return context;
    }
}
