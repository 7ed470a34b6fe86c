package io.healthchecker.worker.dial;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom we trust to sign certificates: the JDK's authorities, and those that a file adds. */
public final class TrustAnchors {
    private TrustAnchors() {}

    /**
     * Reads them.
     *
     * @param added PEM file with one or several certificates, null for none
     * @throws IllegalArgumentException if the file cannot be read
     */
    public static X509TrustManager read(@Nullable Path added) {
        try {
            X509TrustManager known = manager(null);
            if (added == null) {
                return known;
            }
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            List<Certificate> certificates = new ArrayList<>(certificates(added));
            certificates.addAll(List.of(known.getAcceptedIssuers()));
            for (int i = 0; i < certificates.size(); i++) {
                all.setCertificateEntry("authority-" + i, certificates.get(i));
            }
            return manager(all);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "trustedCertificates is %s; it must be a PEM file with certificates: %s"
                            .formatted(added, e.getMessage()),
                    e);
        }
    }

    /**
     * Those of a text and nobody else.
     *
     * @param pem one or several certificates
     * @throws IllegalArgumentException if it has none that can be read
     */
    static X509TrustManager only(String pem) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    certificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            return manager(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("certificateAuthorities must be PEM text with certificates", e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path pem)
            throws IOException, GeneralSecurityException {
        return certificates(Files.newInputStream(pem));
    }

    private static Collection<? extends Certificate> certificates(InputStream pem)
            throws IOException, GeneralSecurityException {
        try (InputStream in = pem) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new IOException("it has none");
            }
            return found;
        }
    }

    private static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("the JDK has no X.509 trust manager");
    }
}
