package io.healthchecker.api.heartbeat;

import io.healthchecker.core.heartbeat.HeartbeatTable;
import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.secret.SecretCipher;
import io.healthchecker.core.secret.SecretCipher.Unreadable;
import java.util.Optional;

/** Tokens of heartbeats: hashed to find them by, and encrypted to show them again. */
final class Addresses {
    private static final String REFERENCE = "heartbeat token";

    private final HeartbeatTable heartbeats;
    private final Optional<SecretCipher> cipher;

    /** @param cipher empty where no key is configured: then an address is shown once, when it is made */
    Addresses(HeartbeatTable heartbeats, Optional<SecretCipher> cipher) {
        this.heartbeats = heartbeats;
        this.cipher = cipher;
    }

    /** That of a service; made, if it has none. */
    PingAddress of(long serviceId) {
        if (heartbeats.find(java.util.List.of(serviceId)).isEmpty()) {
            return renew(serviceId);
        }
        return new PingAddress(heartbeats
                .sealedToken(serviceId)
                .flatMap(kept -> open(serviceId, kept))
                .map(PingToken::path)
                .orElse(null));
    }

    /** A new one; the one before it is not known any more. */
    PingAddress renew(long serviceId) {
        PingToken token = PingToken.random();
        heartbeats.giveToken(
                serviceId,
                token.hash(),
                cipher.map(key -> key.seal(serviceId, REFERENCE, new Secret(token.text())))
                        .orElse(null));
        return new PingAddress(token.path());
    }

    private Optional<PingToken> open(long serviceId, byte[] sealed) {
        if (cipher.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PingToken(
                    cipher.get().open(serviceId, REFERENCE, sealed).reveal()));
        } catch (Unreadable e) {
            return Optional.empty(); // the key is another one now
        }
    }
}
