package io.healthchecker.api.auth;

import io.healthchecker.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * What opens one WebSocket where a browser cannot send an Authorization header: used once, within half a minute, and
 * kept in Redis so that any replica takes it.
 */
public final class Tickets {
    /** Prefix of the subprotocol that carries a ticket. */
    public static final String SUBPROTOCOL = "ticket.";

    static final Duration LIFETIME = Duration.ofSeconds(30);

    private final StringRedisTemplate redis;
    private final SecureRandom random = new SecureRandom();

    Tickets(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /** Who a ticket lets in, and the team in which they work. */
    record Holder(int accountId, int teamId) {}

    Secret issue(Holder holder) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        redis.opsForValue().set(key(ticket), holder.accountId() + " " + holder.teamId(), LIFETIME);
        return new Secret(ticket);
    }

    /** Uses a ticket up. */
    Optional<Holder> redeem(String ticket) {
        String found = redis.opsForValue().getAndDelete(key(ticket));
        if (found == null) {
            return Optional.empty();
        }
        int space = found.indexOf(' ');
        return Optional.of(
                new Holder(Integer.parseInt(found.substring(0, space)), Integer.parseInt(found.substring(space + 1))));
    }

    private static String key(String ticket) {
        return "hc:ticket:" + HexFormat.of().formatHex(JwtKeys.sha256(ticket.getBytes(StandardCharsets.UTF_8)));
    }
}
