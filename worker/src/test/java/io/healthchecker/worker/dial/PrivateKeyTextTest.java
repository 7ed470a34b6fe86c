package io.healthchecker.worker.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyTextTest {
    // one key of nobody, as OpenSSL writes it in the old form and in the new one
    private static final String EC_OLD = """
            MHcCAQEEIP+0MqauLPcNI43xZYQAvkNigSIND5b5QrZWf1s4+u8coAoGCCqGSM49
            AwEHoUQDQgAE5t6zm6bSlKAK/gId8ft+rEy4qG+xmOcX2I+8EQSf6zzaQezuoKM+
            W0kdkkaY0MmW1NeD8kal/ZQ9CAPK3BIJeA==
            """;
    private static final String EC_NEW = """
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg/7Qypq4s9w0jjfFl
            hAC+Q2KBIg0PlvlCtlZ/Wzj67xyhRANCAATm3rObptKUoAr+Ah3x+36sTLiob7GY
            5xfYj7wRBJ/rPNpB7O6goz5bSR2SRpjQyZbU14PyRqX9lD0IA8rcEgl4
            """;
    private static final int RSA_PKCS8_HEADER = 26; // what stands before the older form, for a key of this size

    private static String pem(String type, String base64) {
        return "-----BEGIN %1$sPRIVATE KEY-----\n%2$s-----END %1$sPRIVATE KEY-----\n".formatted(type, base64);
    }

    private static String base64(byte[] der) {
        return Base64.getMimeEncoder().encodeToString(der) + "\n";
    }

    @Test
    void theOldFormOfAnEllipticKeyIsTheSameKey() {
        // their encodings differ: the old form names its curve inside as well
        assertThat(secretOf("Bag attributes\n" + pem("EC ", EC_OLD))).isEqualTo(secretOf(pem("", EC_NEW)));
    }

    private static BigInteger secretOf(String text) {
        return ((ECPrivateKey) PrivateKeyText.read(text)).getS();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void pkcs8IsReadOfWhateverAlgorithm(String algorithm) throws GeneralSecurityException {
        PrivateKey key =
                KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
        assertThat(PrivateKeyText.read(pem("", base64(key.getEncoded()))).getEncoded())
                .isEqualTo(key.getEncoded());
    }

    @Test
    void theOldFormOfAnRsaKeyIsTheSameKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, RSA_PKCS8_HEADER, pkcs8.length);
        assertThat(PrivateKeyText.read(pem("RSA ", base64(pkcs1))).getEncoded()).isEqualTo(pkcs8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nMAAA\n-----END EC PRIVATE KEY-----",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAAA\n-----END ENCRYPTED PRIVATE KEY-----",
                "-----BEGIN CERTIFICATE-----\nMAAA\n-----END CERTIFICATE-----"
            })
    void whatIsNoKeyIsRefusedAndNotShown(String text) {
        assertThatThrownBy(() -> PrivateKeyText.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("clientCertificate.privateKey must be PEM text with a private key that is not encrypted");
    }
}
