package io.healthchecker.worker.dial;

import io.healthchecker.core.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Chains that were found good for a name not long ago: verifying one costs as much as the rest of the handshake. */
final class VerifiedChains {
    private static final int MAX = 20_000;
    private static final long HOUR_MILLIS = 3_600_000;

    private final Ticker ticker;
    private final Map<Key, Long> goodUntil = new ConcurrentHashMap<>();

    VerifiedChains(Ticker ticker) {
        this.ticker = ticker;
    }

    boolean contains(Key key) {
        Long until = goodUntil.get(key);
        if (until == null) {
            return false;
        }
        if (ticker.epochMillis() > until) {
            goodUntil.remove(key, until);
            return false;
        }
        return true;
    }

    void add(Key key, X509Certificate[] chain) {
        long until = ticker.epochMillis() + HOUR_MILLIS;
        for (X509Certificate certificate : chain) {
            until = Math.min(until, certificate.getNotAfter().toInstant().toEpochMilli());
        }
        if (goodUntil.size() >= MAX) {
            goodUntil.clear(); // each is verified again, once
        }
        goodUntil.put(key, until);
    }

    /** SHA-256 over name, key exchange and every byte of the chain. */
    record Key(String digest) {
        static Key of(X509Certificate[] chain, String authType, String name) throws CertificateEncodingException {
            try {
                MessageDigest sha = MessageDigest.getInstance("SHA-256");
                sha.update((name + '\0' + authType + '\0').getBytes(StandardCharsets.UTF_8));
                for (X509Certificate certificate : chain) {
                    sha.update(certificate.getEncoded());
                }
                return new Key(HexFormat.of().formatHex(sha.digest()));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e); // every JDK has it
            }
        }
    }
}
