package io.healthchecker.api.auth;

import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.api.problem.ProblemType;
import io.healthchecker.core.time.Ticker;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.UnsupportedJwtException;
import io.jsonwebtoken.security.MacAlgorithm;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Short-lived tokens that say which account a request comes from: HS256 and nothing else. */
public final class AccessTokens {
    private static final String ISSUER = "health-checker";
    private static final MacAlgorithm ALGORITHM = Jwts.SIG.HS256;

    private final JwtKeys keys;
    private final Duration lifetime;
    private final Ticker ticker;
    private final JwtParser parser;

    AccessTokens(JwtKeys keys, Duration lifetime, Ticker ticker) {
        this.keys = keys;
        this.lifetime = lifetime;
        this.ticker = ticker;
        this.parser = Jwts.parser()
                .sig()
                .clear()
                .add(ALGORITHM)
                .and()
                .zip()
                .clear()
                .and()
                .keyLocator(header -> key(header.get("kid")))
                .requireIssuer(ISSUER)
                .clock(() -> Date.from(now()))
                .build();
    }

    private Instant now() {
        return Instant.ofEpochMilli(ticker.epochMillis());
    }

    private Key key(@Nullable Object id) {
        Key key = keys.find(id);
        if (key == null) {
            throw new UnsupportedJwtException("unknown key");
        }
        return key;
    }

    /** A new token. */
    public String issue(int accountId) {
        Instant now = now();
        return Jwts.builder()
                .header()
                .keyId(keys.currentId())
                .and()
                .issuer(ISSUER)
                .subject(Integer.toString(accountId))
                .id(UUID.randomUUID().toString())
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(lifetime)))
                .signWith(keys.current(), ALGORITHM)
                .compact();
    }

    public Duration lifetime() {
        return lifetime;
    }

    /**
     * The account that a token names, and until when it does.
     *
     * @throws ProblemException if it is not a token of ours, or no longer one
     */
    Tickets.Holder holderOf(String token) {
        try {
            var claims = parser.parseSignedClaims(token).getPayload();
            if (claims.getExpiration() == null) {
                throw refused("the token never expires; log in again for one that does");
            }
            int accountId = Integer.parseInt(String.valueOf(claims.getSubject()));
            return new Tickets.Holder(
                    accountId, 0, claims.getExpiration().toInstant().toEpochMilli(), null);
        } catch (ExpiredJwtException expired) {
            throw refused("the token has expired; log in again, or refresh it");
        } catch (JwtException | IllegalArgumentException invalid) {
            throw refused("the token is not valid; log in again");
        }
    }

    /** A refusal of a token. */
    static ProblemException refused(String detail) {
        return new ProblemException(ProblemType.UNAUTHENTICATED, detail)
                .withHeader(
                        "WWW-Authenticate",
                        "Bearer realm=\"health-checker\", error=\"invalid_token\", error_description=\"%s\""
                                .formatted(detail));
    }
}
