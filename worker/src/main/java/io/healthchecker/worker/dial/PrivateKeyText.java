package io.healthchecker.worker.dial;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A private key as PEM (RFC 7468): PKCS #8, and the older forms that OpenSSL and cert-manager write, {@code RSA PRIVATE
 * KEY} (RFC 8017) and {@code EC PRIVATE KEY} (RFC 5915), which are wrapped to become PKCS #8.
 */
final class PrivateKeyText {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (|RSA |EC )PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");
    private static final String RSA = "300d06092a864886f70d0101010500"; // rsaEncryption, NULL
    private static final String EC = "06072a8648ce3d0201"; // id-ecPublicKey
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int PARAMETERS = 0xa0;

    private PrivateKeyText() {}

    static PrivateKey read(String text) {
        Matcher pem = PEM.matcher(text);
        if (!pem.find()) {
            throw unreadable(null);
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
            return switch (pem.group(1)) {
                case "RSA " -> key("RSA", wrapped(HexFormat.of().parseHex(RSA), der));
                case "EC " -> key("EC", wrapped(curve(der), der));
                default -> pkcs8(der);
            };
        } catch (GeneralSecurityException | RuntimeException e) {
            throw unreadable(e);
        }
    }

    private static IllegalArgumentException unreadable(@Nullable Exception cause) {
        return new IllegalArgumentException(
                "clientCertificate.privateKey must be PEM text with a private key that is not encrypted", cause);
    }

    private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
        GeneralSecurityException last = new GeneralSecurityException();
        for (String algorithm : ALGORITHMS) {
            try {
                return key(algorithm, der);
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }

    private static PrivateKey key(String algorithm, byte[] der) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        byte[] version = {0x02, 0x01, 0x00};
        return element(SEQUENCE, version, algorithm, element(OCTETS, key));
    }

    // ECPrivateKey is version, key, [0] parameters: the curve, which PKCS #8 has in front
    private static byte[] curve(byte[] der) {
        ByteBuffer in = ByteBuffer.wrap(der);
        in.get();
        length(in);
        while (in.hasRemaining()) {
            int tag = in.get() & 0xff;
            int length = length(in);
            if (tag == PARAMETERS) {
                byte[] curve = new byte[length];
                in.get(curve);
                return element(SEQUENCE, HexFormat.of().parseHex(EC), curve);
            }
            in.position(in.position() + length);
        }
        throw new IllegalArgumentException("it names no curve");
    }

    private static int length(ByteBuffer in) {
        int first = in.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = length << 8 | (in.get() & 0xff);
        }
        return length;
    }

    private static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer out = ByteBuffer.allocate(length + 4);
        out.put((byte) tag);
        if (length < 0x80) {
            out.put((byte) length);
        } else if (length < 0x100) {
            out.put((byte) 0x81).put((byte) length);
        } else {
            out.put((byte) 0x82).putShort((short) length);
        }
        for (byte[] part : parts) {
            out.put(part);
        }
        return Arrays.copyOf(out.array(), out.position());
    }
}
