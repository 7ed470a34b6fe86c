package io.healthchecker.api.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.api.feed.Ear.Approach;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.api.testing.Facts;
import io.healthchecker.core.verdict.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A client that comes back with the id of its last event misses nothing and hears nothing twice. */
class ResumeTest {
    private final Api api = Api.shared();
    private final Facts facts = new Facts(api.bean(DataSource.class));
    private final Person person = api.somebody();
    private final Approach approach = Approach.to(api.port()).as(person).speaking("hc.v1");

    @Test
    void aThousandEventsOfManyWritersAreHeardOnceAndInOrderHoweverOftenTheClientLeaves() {
        long seed = new Random().nextLong();
        System.out.println("ResumeTest seed=" + seed);
        Person other = api.somebody();
        long mine = facts.service(person.teamId(), "mine");
        long theirs = facts.service(other.teamId(), "theirs");
        long start = facts.lastEventId();
        List<Long> heard = new ArrayList<>();
        try (Replica second = Replica.of(api);
                var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> writing = new ArrayList<>();
            for (int w = 0; w < 6; w++) {
                Random random = new Random(seed + w);
                writing.add(CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < 140; i++) {
                                boolean forMe = random.nextInt(3) > 0;
                                facts.tell(
                                        forMe ? person.teamId() : other.teamId(),
                                        forMe ? mine : theirs,
                                        1 + random.nextInt(5),
                                        random.nextInt(8) == 0,
                                        random.nextDouble() * 0.008);
                            }
                        },
                        writers));
            }
            CompletableFuture<Void> written = CompletableFuture.allOf(writing.toArray(CompletableFuture[]::new));
            Random random = new Random(seed);
            long after = start;
            while (!written.isDone()) {
                int port = random.nextBoolean() ? api.port() : second.port();
                try (Ear ear = new Approach(port, approach.protocols(), approach.headers(), false).connect()) {
                    ear.say("{\"type\":\"subscribe\",\"after\":%d}".formatted(after));
                    int wanted = 1 + random.nextInt(60);
                    await().atMost(Ear.PATIENCE).until(() -> ear.eventIds().size() >= wanted || written.isDone());
                    List<Long> ids = ear.eventIds();
                    heard.addAll(ids);
                    after = heard.isEmpty() ? after : heard.getLast();
                }
            }
            written.join();
            List<Long> all = facts.eventIds(person.teamId()).stream()
                    .filter(id -> id > start)
                    .toList();
            try (Ear ear = approach.connect()) {
                ear.say("{\"type\":\"subscribe\",\"after\":%d}".formatted(after));
                int missing = all.size() - heard.size();
                await().atMost(Ear.PATIENCE).until(() -> ear.eventIds().size() >= missing);
                heard.addAll(ear.eventIds());
            }
            assertThat(heard).as("seed=%d", seed).isEqualTo(all);
            assertThat(all).hasSizeGreaterThan(1_000);
        }
        idsAreDense();
    }

    private void idsAreDense() {
        assertThat(api.sql()
                        .sql("SELECT id FROM event ORDER BY id")
                        .query((row, number) -> row.getLong("id"))
                        .list())
                .isEqualTo(
                        LongStream.rangeClosed(1, facts.lastEventId()).boxed().toList());
    }

    @Test
    void aSnapshotSaysUpToWhichEventItIsTrue() {
        long up = facts.service(person.teamId(), "up");
        long down = facts.service(person.teamId(), "down");
        facts.service(api.somebody().teamId(), "of others");
        facts.turn(up, State.UP);
        facts.turn(down, State.DOWN);
        try (Ear ear = approach.connect()) {
            assertThat(ear.hear("hello").path("serverTime").asString("")).endsWith("Z");
            ear.say("{\"type\":\"subscribe\"}");
            var snapshot = ear.hear("snapshot");
            assertThat(snapshot.path("eventId").asLong()).isEqualTo(facts.lastEventId());
            assertThat(snapshot.path("more").asBoolean()).isFalse();
            assertThat(snapshot.path("services")).hasSize(2);
            assertThat(snapshot.at("/services/0/id").asLong()).isEqualTo(up);
            assertThat(snapshot.at("/services/0/state").asString("")).isEqualTo("Up");
            assertThat(snapshot.at("/services/1/state").asString("")).isEqualTo("Down");
            assertThat(snapshot.at("/services/1/reason").asString("")).isEqualTo("CONNECT_REFUSED");
            facts.turn(up, State.DOWN);
            var event = ear.hear("event");
            assertThat(event.path("id").asLong())
                    .isGreaterThan(snapshot.path("eventId").asLong());
            assertThat(event.path("kind").asString("")).isEqualTo("state.changed");
            assertThat(event.path("serviceId").asLong()).isEqualTo(up);
            assertThat(event.at("/data/to").asString("")).isEqualTo("Down");
        }
    }

    @Test
    void aSnapshotAndWhatFollowsItAreNeverApart() {
        long id = facts.service(person.teamId(), "shop");
        facts.turn(id, State.UP);
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Void> turning = CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 150; i++) {
                            facts.turn(id, i % 2 == 0 ? State.DOWN : State.UP);
                        }
                    },
                    writers);
            while (!turning.isDone()) {
                try (Ear ear = approach.connect()) {
                    ear.say("{\"type\":\"subscribe\",\"topics\":[\"states\"]}");
                    long seq = ear.hear("snapshot").at("/services/0/seq").asLong();
                    await().atMost(Ear.PATIENCE).until(() -> ear.eventIds().size() >= 3 || turning.isDone());
                    List<Long> seqs = ear.heard("event").stream()
                            .map(event -> event.at("/data/seq").asLong())
                            .toList();
                    assertThat(seqs)
                            .isEqualTo(LongStream.rangeClosed(seq + 1, seq + seqs.size())
                                    .boxed()
                                    .toList());
                }
            }
            turning.join();
        }
    }

    @Test
    void behindTheRingTheTableIsRead() {
        long id = facts.service(person.teamId(), "shop");
        try (Replica small = Replica.of(api, "--hc.feed.ring=100")) {
            long start = facts.lastEventId();
            for (int i = 0; i < 4; i++) {
                facts.tell(person.teamId(), id, 300, false, 0);
            }
            Approach there = new Approach(small.port(), approach.protocols(), approach.headers(), false);
            try (Ear ear = there.connect()) {
                ear.say("{\"type\":\"subscribe\",\"after\":%d}".formatted(start));
                await().atMost(Ear.PATIENCE).until(() -> ear.eventIds().size() >= 1_200);
                assertThat(ear.eventIds())
                        .isEqualTo(facts.eventIds(person.teamId()).stream()
                                .filter(event -> event > start)
                                .toList());
                assertThat(ear.heard("gap")).isEmpty();
            }
        }
    }

    @Test
    void behindRetentionThereIsAGapAndASnapshot() {
        try (Api own = Api.start("--hc.feed.ring=100")) {
            Facts events = new Facts(own.bean(DataSource.class));
            Person owner = own.somebody();
            long id = events.service(owner.teamId(), "shop");
            events.turn(id, State.UP);
            events.tell(owner.teamId(), id, 500, false, 0);
            await().atMost(Ear.PATIENCE).until(() -> own.bean(EventRing.class).newest() == events.lastEventId());
            events.forgetEventsUpTo(300);
            try (Ear ear = Approach.to(own.port()).as(owner).speaking("hc.v1").connect()) {
                ear.say("{\"type\":\"subscribe\",\"after\":7}");
                var gap = ear.hear("gap");
                assertThat(gap.path("from").asLong()).isEqualTo(8);
                assertThat(gap.path("to").asLong()).isEqualTo(300);
                assertThat(ear.hear("snapshot").path("eventId").asLong()).isEqualTo(events.lastEventId());
                assertThat(ear.eventIds()).isEmpty();
                events.turn(id, State.DOWN);
                ear.hear("event", event -> event.at("/data/to").asString("").equals("Down"));
                ear.say("{\"type\":\"subscribe\",\"after\":300}");
                ear.hear("event", event -> event.path("id").asLong() == 301);
            }
        }
    }

    @Test
    void anIdThatNobodyHasHeardOfIsAGap() {
        try (Ear ear = approach.connect()) {
            ear.say("{\"type\":\"subscribe\",\"after\":999999999}");
            ear.hear("gap");
            assertThat(ear.hear("snapshot").path("eventId").asLong()).isEqualTo(facts.lastEventId());
        }
    }
}
