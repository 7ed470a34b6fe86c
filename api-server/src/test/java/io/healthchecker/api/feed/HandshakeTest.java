package io.healthchecker.api.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.feed.Ear.Approach;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Who may connect, and for how long. */
class HandshakeTest {
    private final Api api = Api.shared();
    private final Person person = api.somebody();
    private final Approach approach = Approach.to(api.port());

    @Test
    void nobodyConnectsWithoutAToken() {
        assertThat(approach.refusal()).isEqualTo(401);
        assertThat(approach.with("Authorization", "Bearer nonsense").refusal()).isEqualTo(401);
        assertThat(approach.speaking("hc.v1", "ticket.nonsense").refusal()).isEqualTo(401);
    }

    @Test
    void aTokenInTheAddressIsNoToken() {
        String token = tokenOf(person);
        assertThat(api.anybody()
                        .get("/api/v1/services/ws?token=%s&access_token=%s".formatted(token, token))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aRefusalIsAProblem() {
        var answer = api.anybody().get("/api/v1/services/ws");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        var plain = person.caller().get("/api/v1/services/ws");
        assertThat(plain.status()).isEqualTo(400);
        assertThat(plain.text("/detail")).contains("speaks WebSocket");
    }

    @Test
    void aClientWithAHeaderMayComeFromAnyOrigin() {
        try (Ear ear =
                approach.as(person).with("Origin", "https://elsewhere.example").connect()) {
            assertThat(ear.protocol()).isEmpty();
        }
    }

    @Test
    void aTicketOpensOneConnection() {
        String ticket = ticket();
        Approach browser =
                approach.speaking("hc.v1", "ticket." + ticket).with("Origin", "http://localhost:" + api.port());
        try (Ear ear = browser.connect()) {
            assertThat(ear.protocol()).isEqualTo("hc.v1");
            ear.hear("hello");
        }
        assertThat(browser.refusal()).isEqualTo(401);
    }

    @Test
    void aTicketIsNotTakenFromAPageOfSomebodyElse() {
        assertThat(approach.speaking("hc.v1", "ticket." + ticket())
                        .with("Origin", "https://elsewhere.example")
                        .refusal())
                .isEqualTo(403);
        assertThat(approach.speaking("hc.v1", "ticket." + ticket())
                        .with("Origin", "null")
                        .refusal())
                .isEqualTo(403);
    }

    @Test
    void aTicketNeedsAToken() {
        assertThat(api.anybody().post("/api/v1/ws-tickets", "{}").status()).isEqualTo(401);
    }

    @Test
    void theConnectionEndsWithTheToken() {
        List<Approach> tried = new ArrayList<>();
        try (Ear ear = connectedWhile(token -> {
            tried.add(approach.with("Authorization", "Bearer " + token));
            return tried.getLast();
        })) {
            assertThat(ear.awaitClose()).isEqualTo(4401);
            assertThat(ear.closeReason()).contains("expired");
        }
        assertThat(tried.getLast().refusal()).isEqualTo(401);
    }

    @Test
    void theConnectionEndsWithTheTokenThatATicketWasGotWith() {
        try (Ear ear = connectedWhile(token -> approach.speaking(
                "hc.v1",
                "ticket."
                        + api.anybody()
                                .bearing(token)
                                .post("/api/v1/ws-tickets", "{}")
                                .text("/ticket")))) {
            assertThat(ear.awaitClose()).isEqualTo(4401);
        }
    }

    /** Somebody who has connected by a token that ends soon: as soon as this machine is quick enough for. */
    private Ear connectedWhile(Function<String, Approach> by) {
        for (int seconds = 2; ; seconds *= 2) {
            try {
                return by.apply(endingIn(seconds)).connect();
            } catch (CompletionException refused) {
                if (seconds > 20) {
                    throw refused;
                }
            }
        }
    }

    private String endingIn(int seconds) {
        String token = tokenOf(person).replaceAll("\\..*", "") + "." + expiringIn(seconds, tokenOf(person));
        return token + "." + sign(token);
    }

    @Test
    void theConnectionEndsWithTheMembership() {
        try (Ear ear = approach.as(person).connect()) {
            api.sql()
                    .sql("DELETE FROM team_member WHERE account_id = :account")
                    .param("account", person.accountId())
                    .update();
            assertThat(ear.awaitClose()).isEqualTo(4403);
        }
        assertThat(approach.as(person).refusal()).isEqualTo(403);
    }

    @Test
    void nothingIsCompressedEvenIfTheClientOffersIt() throws IOException {
        String answer = handshake("Sec-WebSocket-Extensions: permessage-deflate\r\n");
        assertThat(answer).startsWith("HTTP/1.1 101").doesNotContainIgnoringCase("sec-websocket-extensions");
    }

    @Test
    void aTicketIsNeverRepeatedInTheAnswer() throws IOException {
        String ticket = ticket();
        assertThat(handshake("Sec-WebSocket-Protocol: hc.v1, ticket.%s\r\n".formatted(ticket)))
                .contains("hc.v1")
                .doesNotContain(ticket);
    }

    private String handshake(String headers) throws IOException {
        try (Socket socket = new Socket("localhost", api.port())) {
            socket.getOutputStream()
                    .write(("GET /api/v1/services/ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                    + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                    + "Authorization: Bearer " + tokenOf(person) + "\r\n" + headers + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = new StringBuilder();
            while (answer.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    break;
                }
                answer.append((char) next);
            }
            return answer.toString();
        }
    }

    private String ticket() {
        var answer = person.caller().post("/api/v1/ws-tickets", "{}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(Base64.getUrlDecoder().decode(answer.text("/ticket"))).hasSizeGreaterThanOrEqualTo(16);
        return answer.text("/ticket");
    }

    private static String tokenOf(Person person) {
        return Objects.requireNonNull(person.caller().headers().get("Authorization"))
                .substring("Bearer ".length());
    }

    /** The payload of a token, with another end. */
    private static String expiringIn(int seconds, String token) {
        String payload = new String(
                Base64.getUrlDecoder().decode(List.of(token.split("\\.")).get(1)), StandardCharsets.UTF_8);
        long end = java.time.Instant.now().getEpochSecond() + seconds;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        payload.replaceAll("\"exp\":\\d+", "\"exp\":" + end).getBytes(StandardCharsets.UTF_8));
    }

    private static String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Api.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
