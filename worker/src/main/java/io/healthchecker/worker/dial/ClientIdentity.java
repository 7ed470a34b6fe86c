package io.healthchecker.worker.dial;

import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/**
 * The certificate by which we say who we are.
 *
 * @param certificate PEM, our own first, then those above it
 * @param privateKey PEM, not encrypted
 */
public record ClientIdentity(String certificate, String privateKey) {

    void show(SslContextBuilder builder) {
        X509Certificate[] chain;
        try {
            chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(certificate.getBytes(StandardCharsets.UTF_8)))
                    .toArray(X509Certificate[]::new);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("clientCertificate.certificate must be PEM text with certificates", e);
        }
        if (chain.length == 0) {
            throw new IllegalArgumentException("clientCertificate.certificate must be PEM text with certificates");
        }
        PrivateKey key = PrivateKeyText.read(privateKey);
        if (!key.getAlgorithm().equals(chain[0].getPublicKey().getAlgorithm())) {
            throw new IllegalArgumentException(
                    "clientCertificate.privateKey is of %s, its certificate of %s; they must belong together"
                            .formatted(
                                    key.getAlgorithm(), chain[0].getPublicKey().getAlgorithm()));
        }
        builder.keyManager(key, chain);
    }

    @Override
    public String toString() {
        return "ClientIdentity[***]";
    }
}
