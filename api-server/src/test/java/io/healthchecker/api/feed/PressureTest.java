package io.healthchecker.api.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.api.feed.Ear.Approach;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.api.testing.Facts;
import io.healthchecker.core.verdict.State;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Clients that do not do their part harm nobody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PressureTest {
    private Api api;
    private Facts facts;
    private Person person;

    @BeforeAll
    void start() {
        api = Api.start(
                "--hc.feed.stall=4s", // long enough for whoever listens on a busy machine
                "--hc.feed.send-buffer-bytes=4096",
                "--hc.feed.ping=2s",
                "--hc.feed.clients-per-account=3");
        facts = new Facts(api.bean(DataSource.class));
        person = api.somebody();
    }

    @AfterAll
    void stop() {
        api.close();
    }

    @Test
    void aClientThatDoesNotReadIsEndedAndTheOthersHearEverything() throws IOException {
        long id = facts.service(person.teamId(), "shop");
        long start = facts.lastEventId();
        try (Socket deaf = new Socket();
                Ear other = Approach.to(api.port()).as(person).speaking("hc.v1").connect()) {
            deaf.setReceiveBufferSize(2_048);
            deaf.connect(new InetSocketAddress("localhost", api.port()));
            subscribe(deaf, start);
            other.say("{\"type\":\"subscribe\",\"after\":%d}".formatted(start));
            await().atMost(Ear.PATIENCE).until(() -> api.bean(FeedClients.class).count() == 2);
            for (int i = 0; i < 20; i++) {
                facts.tell(person.teamId(), id, 1_000, false, 0);
            }
            await().atMost(Ear.PATIENCE).until(() -> other.eventIds().size() == 20_000);
            await().atMost(Ear.PATIENCE).until(() -> ended("slow") == 1);
            assertThat(other.isClosed()).isFalse();
        }
    }

    private double ended(String cause) {
        var counter = api.bean(MeterRegistry.class)
                .find("hc.feed.clients.ended")
                .tag("cause", cause)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private void subscribe(Socket socket, long after) throws IOException {
        String token = Objects.requireNonNull(person.caller().headers().get("Authorization"));
        socket.getOutputStream()
                .write(("GET /api/v1/services/ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: hc.v1\r\n"
                                + "Authorization: " + token + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        byte[] text = "{\"type\":\"subscribe\",\"after\":%d}".formatted(after).getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[6 + text.length]; // masked with zeros
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | text.length);
        System.arraycopy(text, 0, frame, 6, text.length);
        socket.getOutputStream().write(frame);
    }

    @Test
    void aClientThatNeverAnswersPingsIsEnded() throws IOException {
        Person silent = api.somebody();
        try (Socket socket = new Socket("localhost", api.port())) {
            String token = Objects.requireNonNull(silent.caller().headers().get("Authorization"));
            socket.getOutputStream()
                    .write(("GET /api/v1/services/ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                    + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                    + "Authorization: " + token + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout((int) Ear.PATIENCE.toMillis());
            byte[] all = socket.getInputStream().readAllBytes(); // until the server ends it
            assertThat(new String(all, StandardCharsets.ISO_8859_1)).contains("no answer to three pings");
        }
    }

    @Test
    void anAccountHoldsSoManyConnectionsAndNoMore() {
        Person busy = api.somebody();
        Approach approach = Approach.to(api.port()).as(busy);
        try (Ear first = approach.connect();
                Ear second = approach.connect();
                Ear third = approach.connect()) {
            assertThat(approach.refusal()).isEqualTo(429);
            first.close();
            await().atMost(Ear.PATIENCE).until(() -> held(busy) == 2);
            approach.connect().close();
            assertThat(second.isClosed() || third.isClosed()).isFalse();
        }
    }

    @Test
    void aHandshakeThatFailsHoldsNoPlace() throws IOException {
        Person hasty = api.somebody();
        String token = Objects.requireNonNull(hasty.caller().headers().get("Authorization"));
        for (int i = 0; i < 3; i++) {
            try (Socket socket = new Socket("localhost", api.port())) {
                socket.getOutputStream()
                        .write(("GET /api/v1/services/ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 7\r\n"
                                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                        + "Authorization: " + token + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 426");
            }
        }
        try (Ear ear = Approach.to(api.port()).as(hasty).connect()) {
            assertThat(ear.isClosed()).isFalse();
        }
    }

    private long held(Person person) {
        return api.bean(FeedClients.class)
                .all()
                .filter(client -> client.subscriber().caller().accountId() == person.accountId())
                .count();
    }

    @Test
    void theServerSaysGoodbyeWhenItStops() {
        try (Replica replica = Replica.of(api);
                Ear ear = Approach.to(replica.port()).as(person).connect()) {
            replica.close();
            assertThat(ear.awaitClose()).isEqualTo(1001);
        }
    }

    @Test
    void thePingTellsFromWhereToGoOn() {
        Person listener = api.somebody();
        long id = facts.service(listener.teamId(), "shop");
        facts.turn(id, State.UP);
        try (Ear ear = Approach.to(api.port()).as(listener).speaking("hc.v1").connect()) {
            ear.say("{\"type\":\"subscribe\"}");
            ear.hear("snapshot");
            Person other = api.somebody();
            facts.service(other.teamId(), "theirs");
            long last = facts.lastEventId();
            ear.hear("ping", ping -> ping.path("eventId").asLong() >= last);
        }
    }
}
