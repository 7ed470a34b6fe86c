package io.healthchecker.api.auth;

import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.secret.Sha256;
import io.healthchecker.core.team.Role;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    /**
     * Who a ticket or token lets in, the team in which they work, and until when.
     *
     * @param teamId 0 where the request itself says it
     * @param expiresAtMillis when the token ends that it was got with, epoch milliseconds
     * @param limits of the API token that it was got with; null where a person signed in
     */
    record Holder(
            int accountId,
            int teamId,
            long expiresAtMillis,
            @Nullable Limits limits) {
        private String encode() {
            String who = accountId + " " + teamId + " " + expiresAtMillis;
            return limits == null
                    ? who
                    : who + " " + limits.scope().code() + " " + limits.tokenId() + " " + limits.wall();
        }

        private static Holder decode(String text) {
            String[] parts = text.split(" ");
            Limits limits = parts.length < 6
                    ? null
                    : new Limits(
                            Role.of(Integer.parseInt(parts[3])),
                            Long.parseLong(parts[4]),
                            Boolean.parseBoolean(parts[5]));
            return new Holder(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2]), limits);
        }
    }

    /**
     * What an API token may do at most.
     *
     * @param wall whether it reads what the wall shows, and nothing else
     */
    record Limits(Role scope, long tokenId, boolean wall) {
        /** The lesser of two roles. */
        Role within(Role role) {
            return role.atLeast(scope) ? scope : role;
        }
    }

    Secret issue(Holder holder) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        redis.opsForValue().set(key(ticket), holder.encode(), LIFETIME);
        return new Secret(ticket);
    }

    /** Uses a ticket up. */
    Optional<Holder> redeem(String ticket) {
        return Optional.ofNullable(redis.opsForValue().getAndDelete(key(ticket)))
                .map(Holder::decode);
    }

    private static String key(String ticket) {
        return "hc:ticket:" + HexFormat.of().formatHex(Sha256.of(ticket));
    }
}
