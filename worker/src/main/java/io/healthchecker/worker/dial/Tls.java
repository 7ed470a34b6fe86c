package io.healthchecker.worker.dial;

import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.dial.Target.Encryption;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** TLS towards targets: BoringSSL where the machine has it, else the JDK's. Every handshake is a full one. */
public final class Tls {
    // no hybrid with ML-KEM: its share costs about a quarter of a handshake (docs/decisions/0041)
    private static final String[] GROUPS = {"x25519", "secp256r1", "secp384r1", "secp521r1"};

    private final SslProvider provider;
    private final X509ExtendedTrustManager trust;
    private final SslContext verifying;
    private final SslContext trusting;
    private final Map<Offer, SslContext> offering = new ConcurrentHashMap<>();
    private final AtomicInteger connection = new AtomicInteger();

    /** Certificates are verified by what the trust manager says, and by nothing else. */
    public Tls(X509ExtendedTrustManager trust) {
        this(trust, OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK);
    }

    Tls(X509ExtendedTrustManager trust, SslProvider provider) {
        this.provider = provider;
        this.trust = trust;
        verifying = build(new Offer(true, Alpn.NONE));
        trusting = build(new Offer(false, Alpn.NONE));
    }

    private record Offer(boolean verified, Alpn alpn) {}

    private SslContext build(Offer offer) {
        SslContextBuilder builder = SslContextBuilder.forClient();
        return build(
                offer.verified
                        ? builder.trustManager(trust)
                        : builder.trustManager(InsecureTrustManagerFactory.INSTANCE),
                offer.alpn,
                provider);
    }

    /**
     * By authorities and a certificate of a definition's own.
     *
     * @param authorities whom to trust, PEM; null for those of the worker
     * @param identity certificate to show, null for none
     * @throws IllegalArgumentException if one of them cannot be read; the message says which, and nothing of what is in it
     */
    OwnTls own(
            @Nullable String authorities,
            @Nullable ClientIdentity identity,
            boolean verified,
            Alpn alpn,
            Ticker ticker) {
        SslContextBuilder builder = SslContextBuilder.forClient();
        if (!verified) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        } else {
            builder.trustManager(authorities == null ? trust : new TargetTrust(TrustAnchors.only(authorities), ticker));
        }
        if (identity != null) {
            identity.show(builder);
        }
        // not counted by references: it goes with the definition that it was made for
        return new OwnTls(build(builder, alpn, provider == SslProvider.JDK ? provider : SslProvider.OPENSSL));
    }

    private static SslContext build(SslContextBuilder builder, Alpn alpn, SslProvider provider) {
        try {
            if (alpn != Alpn.NONE) {
                builder.applicationProtocolConfig(alpn.config());
            }
            if (provider != SslProvider.JDK) {
                builder.option(OpenSslContextOption.GROUPS, GROUPS).option(OpenSslContextOption.USE_TASKS, false);
            }
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
        SslContext context = context(wanted);
        // the JDK resumes by host and port, and can only be kept from it by a port that no other connection has
        int peerPort = provider != SslProvider.JDK ? port : connection.incrementAndGet();
        SslHandler handler = context.newHandler(buffers, wanted.serverName(), peerPort);
        handler.setHandshakeTimeoutMillis(0); // the check has a deadline of its own
        return handler;
    }

    private SslContext context(Encryption wanted) {
        if (wanted.own() != null) {
            return wanted.own().context();
        }
        if (wanted.alpn() == Alpn.NONE) {
            return wanted.verified() ? verifying : trusting;
        }
        return offering.computeIfAbsent(new Offer(wanted.verified(), wanted.alpn()), this::build);
    }

    /** Whether an encrypted connection speaks HTTP/2, as both sides agreed by ALPN. */
    public static boolean agreedOnHttp2(Channel channel) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        return handler != null && ApplicationProtocolNames.HTTP_2.equals(handler.applicationProtocol());
    }
}
