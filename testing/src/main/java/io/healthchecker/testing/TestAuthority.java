package io.healthchecker.testing;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;

/** An authority that signs certificates for servers of tests. */
public final class TestAuthority {
    /** Until when the certificates are valid. */
    public static final Instant END = Instant.parse("2050-01-01T00:00:00Z");

    private static final Instant BEGIN = Instant.parse("2020-01-01T00:00:00Z");

    private final X509Bundle authority;
    private X509Certificate last;

    public TestAuthority() {
        authority = build(() -> certificate(BEGIN, END)
                .subject("CN=Test Authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned());
        last = authority.getCertificate();
    }

    /** Its own certificate, for those who trust it. */
    public Path pem(Path folder) {
        try {
            return Files.writeString(folder.resolve("authority.pem"), authority.getCertificatePEM());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A certificate and its key as text. */
    public record Pem(String certificates, String privateKey) {}

    /** A certificate for names or addresses, for a server or a client, valid until {@link #END}. */
    public Pem issue(String... names) {
        return build(() -> {
            X509Bundle bundle = named(certificate(BEGIN, END), names).buildIssuedBy(authority);
            return new Pem(bundle.getCertificatePathPEM(), bundle.getPrivateKeyPEM());
        });
    }

    /** A server with a certificate for names or addresses, valid until {@link #END}. */
    public SSLContext server(String... names) {
        X509Bundle bundle = build(() -> named(certificate(BEGIN, END), names).buildIssuedBy(authority));
        last = bundle.getCertificate();
        return context(bundle);
    }

    /** A server that trusts this authority, so that it can ask clients for certificates. */
    public SSLContext demandingServer(String... names) {
        return build(() -> {
            X509Bundle bundle = named(certificate(BEGIN, END), names).buildIssuedBy(authority);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    bundle.toKeyManagerFactory().getKeyManagers(),
                    authority.toTrustManagerFactory().getTrustManagers(),
                    null);
            return context;
        });
    }

    /** Its own certificate as text. */
    public String text() {
        return authority.getCertificatePEM();
    }

    /** A server whose certificate was valid until the second day of 2020. */
    public SSLContext expired(String... names) {
        Instant end = Instant.parse("2020-01-02T00:00:00Z");
        return context(build(() -> named(certificate(BEGIN, end), names).buildIssuedBy(authority)));
    }

    /** A server whose certificate is valid from 2049 on. */
    public SSLContext notYetValid(String... names) {
        Instant begin = Instant.parse("2049-01-01T00:00:00Z");
        return context(build(() -> named(certificate(begin, END), names).buildIssuedBy(authority)));
    }

    /** A server whose certificate was signed by an authority that this one signed, and that ends at a time. */
    public SSLContext byIntermediate(Instant intermediateEnd, String... names) {
        return context(issuedBelow(intermediateEnd, names));
    }

    /** The same, but the server does not send the certificate between. */
    public SSLContext withoutIntermediate(String... names) {
        X509Bundle whole = issuedBelow(END, names);
        return context(X509Bundle.fromCertificatePath(
                new X509Certificate[] {whole.getCertificate()}, whole.getRootCertificate(), whole.getKeyPair()));
    }

    private X509Bundle issuedBelow(Instant intermediateEnd, String... names) {
        X509Bundle intermediate = build(() -> certificate(BEGIN, intermediateEnd)
                .subject("CN=Test Intermediate")
                .setIsCertificateAuthority(true)
                .buildIssuedBy(authority));
        return build(() -> named(certificate(BEGIN, END), names).buildIssuedBy(intermediate));
    }

    /** SHA-256 of the certificate that {@link #server} made last, in hexadecimal digits. */
    public String lastFingerprint() {
        return build(() ->
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(last.getEncoded())));
    }

    /** A server that signed its certificate itself. */
    public static SSLContext selfSigned(String... names) {
        return context(build(() -> named(certificate(BEGIN, END), names)
                .setIsCertificateAuthority(true)
                .buildSelfSigned()));
    }

    private static CertificateBuilder certificate(Instant from, Instant to) {
        return new CertificateBuilder().ecp256().notBefore(from).notAfter(to);
    }

    private static CertificateBuilder named(CertificateBuilder builder, String... names) {
        builder.subject("CN=server");
        for (String name : names) {
            if (name.indexOf(':') >= 0 || name.matches("[0-9.]+")) {
                builder.addSanIpAddress(name);
            } else if (name.startsWith("*")) {
                builder.addExtensionOctetString("2.5.29.17", false, onlyName(name));
            } else {
                builder.addSanDnsName(name);
            }
        }
        return builder;
    }

    // the builder takes no wildcards: a sequence with one dNSName, in DER
    private static byte[] onlyName(String name) {
        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(ascii.length + 4)
                .put((byte) 0x30)
                .put((byte) (ascii.length + 2))
                .put((byte) 0x82)
                .put((byte) ascii.length)
                .put(ascii)
                .array();
    }

    private static SSLContext context(X509Bundle bundle) {
        return build(() -> {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(bundle.toKeyManagerFactory().getKeyManagers(), null, null);
            return context;
        });
    }

    private interface Work<T> {
        T get() throws Exception;
    }

    private static <T> T build(Work<T> work) {
        try {
            return work.get();
        } catch (Exception e) {
            throw new IllegalStateException("a certificate could not be made", e);
        }
    }
}
