package io.healthchecker.core.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Encrypts secrets at rest: AES-256-GCM under a key that HKDF-SHA256 makes of the installation's {@code SECRET_KEY}. What
 * was encrypted is bound to its place: moved to another service or reference it does not open. For any thread.
 */
public final class SecretCipher {
    /** Shortest secret to make a key of, in bytes. */
    public static final int MIN_KEY_BYTES = 32;

    private static final byte VERSION = 1;
    private static final int MARK_BYTES = 4;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEADER_BYTES = 1 + MARK_BYTES + NONCE_BYTES;
    private static final String MAC = "HmacSHA256";

    private final SecureRandom random = new SecureRandom();
    private final SecretKey encryption;
    private final SecretKey fingerprinting;
    private final byte[] mark;

    private SecretCipher(SecretKey encryption, SecretKey fingerprinting, byte[] mark) {
        this.encryption = encryption;
        this.fingerprinting = fingerprinting;
        this.mark = mark;
    }

    /**
     * A cipher whose keys are made of a secret.
     *
     * @throws IllegalArgumentException if the secret has less than {@value #MIN_KEY_BYTES} bytes
     */
    public static SecretCipher of(Secret secret) {
        byte[] bytes = secret.reveal().getBytes(StandardCharsets.UTF_8);
        if (bytes.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "SECRET_KEY has %d bytes; it needs at least %d, for example from: openssl rand -base64 32"
                            .formatted(bytes.length, MIN_KEY_BYTES));
        }
        try {
            SecretKey encryption = derive(bytes, "AES", "health-checker service secret: encryption");
            SecretKey fingerprinting = derive(bytes, MAC, "health-checker service secret: fingerprint");
            Mac mac = Mac.getInstance(MAC);
            mac.init(fingerprinting);
            byte[] mark = Arrays.copyOf(mac.doFinal("mark".getBytes(StandardCharsets.US_ASCII)), MARK_BYTES);
            return new SecretCipher(encryption, fingerprinting, mark);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no AES, HMAC or HKDF", e);
        }
    }

    private static SecretKey derive(byte[] from, String algorithm, String purpose) throws GeneralSecurityException {
        var parameters =
                HKDFParameterSpec.ofExtract().addIKM(from).thenExpand(purpose.getBytes(StandardCharsets.US_ASCII), 32);
        return KDF.getInstance("HKDF-SHA256").deriveKey(algorithm, parameters);
    }

    /** Encrypts what a service's definition refers to. */
    public byte[] seal(long serviceId, String reference, Secret secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] text = secret.reveal().getBytes(StandardCharsets.UTF_8);
            byte[] encrypted =
                    cipher(Cipher.ENCRYPT_MODE, nonce, serviceId, reference).doFinal(text);
            return ByteBuffer.allocate(HEADER_BYTES + encrypted.length)
                    .put(VERSION)
                    .put(mark)
                    .put(nonce)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses its own parameters", e);
        }
    }

    /**
     * Decrypts what {@link #seal} encrypted for the same service and reference.
     *
     * @throws Unreadable if it was encrypted with another key, or is not what was encrypted
     */
    public Secret open(long serviceId, String reference, byte[] sealed) throws Unreadable {
        if (sealed.length < HEADER_BYTES || sealed[0] != VERSION) {
            throw new Unreadable("it is not in a form that this version knows");
        }
        if (!Arrays.equals(sealed, 1, 1 + MARK_BYTES, mark, 0, MARK_BYTES)) {
            throw new Unreadable("it was encrypted with another SECRET_KEY than this process has");
        }
        byte[] nonce = Arrays.copyOfRange(sealed, 1 + MARK_BYTES, HEADER_BYTES);
        try {
            byte[] text = cipher(Cipher.DECRYPT_MODE, nonce, serviceId, reference)
                    .doFinal(sealed, HEADER_BYTES, sealed.length - HEADER_BYTES);
            return new Secret(new String(text, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new Unreadable("it was damaged, or moved here from somewhere else");
        }
    }

    private Cipher cipher(int mode, byte[] nonce, long serviceId, String reference) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, encryption, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD("%d %s".formatted(serviceId, reference).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** Tells texts with secrets in them apart, and nothing else: without the key nobody can try values out. */
    public String fingerprint(String text, Map<String, Secret> secrets) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(fingerprinting);
            update(mac, text);
            new TreeMap<>(secrets).forEach((reference, secret) -> {
                update(mac, reference);
                update(mac, secret.reveal());
            });
            return Base64.getEncoder().withoutPadding().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no HMAC", e);
        }
    }

    // its length first, so that no two lists of texts look alike
    private static void update(Mac mac, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        mac.update(bytes);
    }

    /** Something that cannot be decrypted; the message says why and never what. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        /** @param why ends the sentence "it cannot be read: …" */
        public Unreadable(String why) {
            super(why);
        }
    }
}
