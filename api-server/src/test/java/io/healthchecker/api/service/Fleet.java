package io.healthchecker.api.service;

import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.core.history.HourSum;
import io.healthchecker.core.registration.Registration;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.State;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.TcpProbe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Random services of one person, and of somebody else beside them, with all that can be asked of them. */
record Fleet(Person person, List<Member> members) {
    static final String[] WORDS = {"pay", "Cart", "web", "db", "Café", "eu", "50%", "a_b"};
    static final String[] KEYS = {"tier", "env", "app.kubernetes.io/part-of"};
    static final String[] VALUES = {"1", "2", "dev", "prod"};

    private static final int SIZE = 90;
    private static final int PERIOD_SECONDS = 60;

    /**
     * @param since when it came to its state, to the millisecond
     * @param p95Millis -1 where nothing is known
     * @param downMinutes of each of the last hours; -1 where nothing is known
     */
    record Member(
            long id,
            String name,
            boolean http,
            String address,
            Source source,
            Map<String, String> labels,
            State state,
            Instant since,
            boolean incident,
            boolean late,
            boolean flapping,
            boolean failing,
            int p95Millis,
            int downMinutes) {
        /** Where words are looked for. */
        String text() {
            return (name + "\n" + address + "\n" + String.join("\n", labels.values())).toLowerCase(Locale.ROOT);
        }
    }

    @SafeVarargs
    static <T> T pick(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    static Fleet random(Api api, Random random) {
        Person person = api.somebody();
        Person other = api.somebody();
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            members.add(member(api, person, random, i));
            if (i % 5 == 0) {
                member(api, other, random, i);
            }
        }
        return new Fleet(person, members);
    }

    private static Member member(Api api, Person person, Random random, int number) {
        String name = "%s %s %d".formatted(pick(random, WORDS), pick(random, WORDS), number);
        boolean http = random.nextInt(3) > 0;
        String host = pick(random, "pay", "eu", "x") + ".example.com";
        String address = http ? "http://" + host + "/web" : host;
        Map<String, String> labels = new HashMap<>();
        for (String key : KEYS) {
            if (random.nextBoolean()) {
                labels.put(key, pick(random, VALUES));
            }
        }
        Source source = pick(random, Source.values());
        var definition = Definition.of(http ? HttpProbe.get(address) : TcpProbe.of(address, 80))
                .with(draft -> {
                    draft.periodSeconds = random.nextBoolean() ? PERIOD_SECONDS : null;
                    draft.labels = labels.isEmpty() ? null : labels;
                });
        var registration = new Registration(
                api.bean(JdbcClient.class), api.bean(PlatformTransactionManager.class), Ticker.system());
        long id = registration
                .create(new NewService(
                        person.teamId(),
                        name,
                        source,
                        source == Source.REST ? null : "owner-%d-%d".formatted(person.teamId(), number),
                        definition))
                .id();
        State state = pick(random, State.values());
        // some share a millisecond, so that the order must fall back on the next key: what reads the API sees no less
        Instant since = Instant.parse("2026-11-0%dT00:00:00.007Z".formatted(1 + random.nextInt(5)));
        Instant stored = since.plusNanos(1_000L * random.nextInt(1_000));
        boolean incident = random.nextInt(3) == 0;
        boolean old = random.nextInt(3) == 0;
        boolean flapping = random.nextInt(4) == 0;
        boolean failing = random.nextInt(3) == 0;
        api.sql()
                .sql(
                        "UPDATE service_state SET state = :state, since = CAST(:since AS timestamptz), incident_id = :incident, transition_seq = 6 WHERE service_id = :id")
                .param("state", state.code())
                .param("since", stored.toString())
                .param("incident", incident ? 1L : null)
                .param("id", id)
                .update();
        // however long the test takes, none grows old in it
        api.sql()
                .sql("UPDATE service SET created_at = created_at + CAST(:moved AS interval) WHERE id = :id")
                .param("moved", old ? "-3 minutes" : "1 hour")
                .param("id", id)
                .update();
        transitions(api, person.teamId(), id, flapping);
        if (failing) {
            api.sql()
                    .sql("INSERT INTO location_verdict VALUES (:id, 1, 1, 3, 1, 0)")
                    .param("id", id)
                    .update();
        }
        boolean late = old && state != State.SUSPENDED;
        int p95Millis = random.nextInt(4) == 0 ? -1 : 10 * random.nextInt(1, 5);
        int downMinutes = p95Millis < 0 ? -1 : 20 * random.nextInt(3);
        if (p95Millis >= 0) {
            hours(api, id, p95Millis, downMinutes);
        }
        return new Member(
                id,
                name,
                http,
                address,
                source,
                labels,
                state,
                since,
                incident,
                late,
                flapping,
                failing,
                p95Millis,
                downMinutes);
    }

    /** The last two, which are alike, so that it does not matter if one begins meanwhile. */
    private static void hours(Api api, long id, int p95Millis, int downMinutes) {
        api.sql()
                .sql("""
                    INSERT INTO service_hour (service_id, location_id, hour, up_ms, down_ms, unknown_ms, suspended_ms,
                                              checks, failed, untold, min_us, max_us, p95_us, latency)
                    SELECT :id, 1, hour, (60 - :down) * 60000, :down * 60000, 0, 0, 60, :down, 0, :p95, :p95, :p95, ''
                      FROM generate_series(:hour - 1, :hour) AS hour
                    """)
                .param("id", id)
                .param("down", downMinutes)
                .param("p95", 1_000 * p95Millis)
                .param("hour", HourSum.hourOf(Ticker.system().epochMillis()))
                .update();
    }

    private static void transitions(Api api, int teamId, long id, boolean flapping) {
        api.sql()
                .sql("""
                    INSERT INTO transition (service_id, seq, team_id, from_state, to_state, slot, reason, event_id, at)
                    SELECT :id, seq, :teamId, 1, 3, 0, 0, 0,
                           clock_timestamp() - make_interval(mins => CASE WHEN :flapping THEN 1 ELSE 40 END * (7 - seq))
                      FROM generate_series(1, 6) AS seq
                    """)
                .param("id", id)
                .param("teamId", teamId)
                .param("flapping", flapping)
                .update();
    }
}
