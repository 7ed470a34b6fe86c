package io.healthchecker.worker.dial;

import io.healthchecker.worker.dial.Target.Encryption;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS towards targets: BoringSSL where the machine has it, else the JDK's. Every handshake is a full one. */
public final class Tls {
    private final SslProvider provider;
    private final SslContext verifying;
    private final SslContext trusting;
    private final AtomicInteger connection = new AtomicInteger();

    /** Certificates are verified by what the trust manager says, and by nothing else. */
    public Tls(X509ExtendedTrustManager trust) {
        this(trust, OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK);
    }

    Tls(X509ExtendedTrustManager trust, SslProvider provider) {
        this.provider = provider;
        verifying = build(SslContextBuilder.forClient().trustManager(trust));
        trusting = build(SslContextBuilder.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE));
    }

    private SslContext build(SslContextBuilder builder) {
        try {
            // names are verified by the trust manager, which can tell a wrong name from a wrong signature
            SslContext context = builder.sslProvider(provider)
                    .endpointIdentificationAlgorithm(null)
                    .sessionCacheSize(1)
                    .build();
            if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
                sessions.setSessionCacheEnabled(false);
            }
            return context;
        } catch (SSLException e) {
            throw new IllegalStateException("TLS could not be set up", e);
        }
    }

    SslHandler handler(ByteBufAllocator buffers, Encryption wanted, int port) {
        SslContext context = wanted.verified() ? verifying : trusting;
        // the JDK resumes by host and port, and can only be kept from it by a port that no other connection has
        int peerPort = provider != SslProvider.JDK ? port : connection.incrementAndGet();
        SslHandler handler = context.newHandler(buffers, wanted.serverName(), peerPort);
        handler.setHandshakeTimeoutMillis(0); // the check has a deadline of its own
        return handler;
    }
}
