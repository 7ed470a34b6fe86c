package io.healthchecker.worker.dial;

import io.healthchecker.core.assertion.Certificate;
import io.healthchecker.core.assertion.Facts;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What is known of a connection that stands. */
public final class Connection {
    private Connection() {}

    /** The address, and the certificate where it is wanted and there is one. */
    public static Facts facts(Channel channel, boolean certificate) {
        Facts facts = channel.remoteAddress() instanceof InetSocketAddress remote && !remote.isUnresolved()
                ? Facts.NONE.withIp(remote.getAddress().getHostAddress())
                : Facts.NONE;
        return certificate ? facts.withCertificate(certificate(channel)) : facts;
    }

    private static @Nullable Certificate certificate(Channel channel) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        if (handler == null) {
            return null;
        }
        SSLSession session = handler.engine().getSession();
        try {
            List<X509Certificate> chain = Arrays.stream(session.getPeerCertificates())
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toList();
            if (chain.isEmpty()) {
                return null;
            }
            X509Certificate own = chain.getFirst();
            return new Certificate(
                    own.getSubjectX500Principal().getName(),
                    own.getIssuerX500Principal().getName(),
                    CertificateNames.of(own).all(),
                    own.getNotBefore().toInstant(),
                    own.getNotAfter().toInstant(),
                    fingerprint(own),
                    session.getProtocol(),
                    session.getCipherSuite(),
                    chain.stream().map(each -> each.getNotAfter().toInstant()).toList());
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            return "";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
