package io.healthchecker.api.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Facts;
import io.healthchecker.core.feed.EventTable;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Two api-servers look at one database; each keeps its own rows. */
class KeptRowsTest {
    private final Api api = Api.shared();
    private final JdbcClient jdbc = JdbcClient.create(api.bean(DataSource.class));
    private final Facts facts = new Facts(api.bean(DataSource.class));
    private final int team = api.somebody().teamId();
    private final RowTable table = new RowTable(jdbc);
    private final AtomicLong ahead = new AtomicLong();
    private final Ticker ticker = new Ticker() {
        @Override
        public long epochMillis() {
            return Ticker.system().epochMillis();
        }

        @Override
        public long nanoTime() {
            return ahead.get();
        }
    };
    private final KeptRows one = keeping(1_000);
    private final KeptRows other = keeping(1_000);

    private KeptRows keeping(int most) {
        return new KeptRows(table, new EventTable(jdbc), ticker, most);
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void whateverHappensBothKnowWhatTheDatabaseKnows() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        int stranger = api.somebody().teamId();
        List<Long> living = new ArrayList<>();
        Map<Long, State> states = new HashMap<>();
        for (int step = 0; step < 60; step++) {
            switch (random.nextInt(5)) {
                case 0 -> living.add(facts.service(team, "kept-" + step));
                case 1 -> facts.service(stranger, "not-ours-" + step);
                case 2, 3 ->
                    pick(living, random, id -> {
                        State to = states.get(id) == State.UP
                                ? (random.nextBoolean() ? State.DOWN : State.DEGRADED)
                                : State.UP;
                        states.put(id, to);
                        facts.turn(id, to);
                    });
                default ->
                    pick(living, random, id -> {
                        facts.remove(team, id);
                        living.remove(id);
                    });
            }
            KeptRows asked = random.nextBoolean() ? one : other;
            assertThat(asked.of(team).orElseThrow())
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(table.all(team, ticker.epochMillis()));
        }
    }

    private static void pick(List<Long> ids, Random random, java.util.function.LongConsumer then) {
        if (!ids.isEmpty()) {
            then.accept(ids.get(random.nextInt(ids.size())));
        }
    }

    @Test
    void whatHappensToOthersLeavesTheVeryRows() {
        facts.service(team, "alone");
        List<ServiceRow> before = one.of(team).orElseThrow().rows();

        facts.service(api.somebody().teamId(), "elsewhere");

        TeamRows after = one.of(team).orElseThrow();
        assertThat(after.asOf()).isEqualTo(facts.lastEventId());
        assertThat(after.rows()).isSameAs(before);
    }

    @Test
    void whatChangesWithoutAnEventIsReadBesideWhileSomebodyAsks() {
        long id = facts.service(team, "leaning");
        assertThat(failing()).isZero();
        jdbc.sql("INSERT INTO location_verdict VALUES (:id, 1, 1, 3, 1, 0)")
                .param("id", id)
                .update();

        assertThat(failing()).isZero(); // it has just been read
        ahead.addAndGet(Duration.ofSeconds(11).toNanos());

        await().until(() -> failing() == 1);
    }

    @Test
    void whoComesBackAfterLongSeesNothingOld() {
        long id = facts.service(team, "forgotten");
        assertThat(failing()).isZero();
        jdbc.sql("INSERT INTO location_verdict VALUES (:id, 1, 1, 3, 1, 0)")
                .param("id", id)
                .update();

        ahead.addAndGet(Duration.ofHours(1).toNanos());

        assertThat(failing()).isEqualTo(1);
    }

    private int failing() {
        return one.of(team).orElseThrow().rows().getFirst().failing();
    }

    @Test
    void whoAsksAgainForAFewFindsThemAtHand() {
        facts.service(team, "few");

        assertThat(one.atHand(team)).isEmpty();

        await().until(() -> one.atHand(team).isPresent());
        assertThat(one.atHand(team)).isEqualTo(one.of(team));
    }

    @Test
    void tooManyAreNotKeptButCountedAllTheSame() {
        for (int i = 0; i < 4; i++) {
            facts.turn(facts.service(team, "many-" + i), i == 0 ? State.DOWN : State.UP);
        }
        MultiValueMap<String, String> filter = new LinkedMultiValueMap<>(Map.of("state", List.of("Up")));
        FacetCounts counted = new Facets(one, jdbc, ticker).of(team, filter);

        try (KeptRows small = keeping(3)) {
            assertThat(small.of(team)).isEmpty();
            assertThat(new Facets(small, jdbc, ticker).of(team, filter)).isEqualTo(counted);
        }
        assertThat(counted.total()).isEqualTo(3);
        assertThat(counted.of(FacetCounts.Facet.STATE)).isEqualTo(Map.of("Up", 3L, "Down", 1L));
    }

    @Test
    void teamsThatNobodyAsksForMakeRoom() {
        int second = api.somebody().teamId();
        try (KeptRows small = keeping(3)) {
            facts.service(team, "first-1");
            facts.service(team, "first-2");
            facts.service(second, "second-1");
            facts.service(second, "second-2");
            List<ServiceRow> before = small.of(team).orElseThrow().rows();
            small.of(second);

            assertThat(small.of(team).orElseThrow().rows()).isEqualTo(before).isNotSameAs(before);
        }
    }
}
