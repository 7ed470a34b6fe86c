package io.healthchecker.worker.dial;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.time.Ticker;
import java.net.Socket;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Verifies chain, dates and name, and says which of them is wrong. A chain that was good for a name is taken for good
 * for an hour, as long as no certificate in it ends: the same bytes would only be found good again.
 */
public final class TargetTrust extends X509ExtendedTrustManager {
    private final X509TrustManager chains;
    private final VerifiedChains verified;
    private final Ticker ticker;

    public TargetTrust(X509TrustManager chains, Ticker ticker) {
        this.chains = chains;
        this.ticker = ticker;
        this.verified = new VerifiedChains(ticker);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        String name = engine.getPeerHost();
        VerifiedChains.Key key = VerifiedChains.Key.of(chain, authType, name);
        if (verified.contains(key)) {
            return;
        }
        Instant now = Instant.ofEpochMilli(ticker.epochMillis());
        dates(chain[0], now);
        try {
            chains.checkServerTrusted(chain, authType);
        } catch (CertificateException e) {
            throw refused(e, chain);
        }
        CertificateNames names = CertificateNames.of(chain[0]);
        if (!names.include(name)) {
            throw new Untrusted(
                    Reason.TLS_NAME_MISMATCH, "the certificate is for %s, not for %s".formatted(names, name));
        }
        verified.add(key, chain);
    }

    private static void dates(X509Certificate own, Instant now) throws Untrusted {
        if (now.isAfter(own.getNotAfter().toInstant())) {
            throw new Untrusted(
                    Reason.TLS_EXPIRED,
                    "the certificate expired at " + own.getNotAfter().toInstant());
        }
        if (now.isBefore(own.getNotBefore().toInstant())) {
            throw new Untrusted(
                    Reason.TLS_EXPIRED,
                    "the certificate is not valid before " + own.getNotBefore().toInstant());
        }
    }

    private static Untrusted refused(CertificateException thrown, X509Certificate[] chain) {
        X509Certificate own = chain[0];
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException
                    || cause instanceof CertificateNotYetValidException
                    || (cause instanceof CertPathValidatorException path && path.getReason() == BasicReason.EXPIRED)) {
                return new Untrusted(Reason.TLS_EXPIRED, "a certificate above the target's own has expired");
            }
        }
        boolean selfSigned = own.getSubjectX500Principal().equals(own.getIssuerX500Principal());
        return new Untrusted(
                Reason.TLS_UNTRUSTED,
                selfSigned
                        ? "the certificate is self-signed"
                        : "no trusted authority stands behind the certificate, issued by "
                                + CertificateNames.shown(
                                        own.getIssuerX500Principal().getName())
                                + (chain.length == 1 ? ", whose certificate the server does not send" : ""));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a target's certificate is only verified together with its name");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("nobody is served here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
