package io.healthchecker.cluster;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** The pair of keys by which tokens of service accounts are signed and verified, as PEM files. */
record SigningKeys(Path privateKey, Path publicKey) {
    private static final int LINE = 64;

    static SigningKeys make(ClusterFolder folder) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            return new SigningKeys(
                    folder.write("accounts.key", pem("PRIVATE KEY", pair.getPrivate())),
                    folder.write("accounts.pub", pem("PUBLIC KEY", pair.getPublic())));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String pem(String kind, Key key) {
        String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(kind, body);
    }
}
