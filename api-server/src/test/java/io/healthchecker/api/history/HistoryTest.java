package io.healthchecker.api.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.api.testing.Facts;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What can be read of a service's past. */
class HistoryTest {
    private static final long HOUR = 3_600_000;

    private final Api api = Api.shared();
    private final Facts facts = new Facts(api.bean(DataSource.class));
    private final Person person = api.somebody();
    private final long id = facts.service(person.teamId(), "shop");
    private final long start = Ticker.system().epochMillis() / HOUR * HOUR - 2 * HOUR;

    private String path(String rest) {
        return "/api/v1/services/" + id + rest;
    }

    private void minutes(String letters) {
        for (int i = 0; i < letters.length(); i++) {
            Job job = new Job(id, start + 60_000L * i, 1, 1, JobKind.GRID);
            switch (letters.charAt(i)) {
                case 'U' -> facts.result(job, Outcome.UP, Reason.OK, null);
                case 'D' -> facts.result(job, Outcome.DOWN, Reason.CONNECT_REFUSED, "refused by 192.0.2.7:443");
                case '?' -> facts.result(job, Outcome.UNKNOWN, Reason.LATE, null);
                case 'g' -> facts.gap(id, job.slot(), job.slot(), 1, Reason.LOST);
                default -> throw new IllegalArgumentException(letters);
            }
        }
    }

    private static List<String> ids(Answer answer) {
        return StreamSupport.stream(answer.json().path("items").spliterator(), false)
                .map(item -> item.path("id").asString())
                .toList();
    }

    private List<String> newestFirst(int from, int to) {
        return IntStream.iterate(from, i -> i >= to, i -> i - 1)
                .mapToObj(i -> (start + 60_000L * i) + "~default")
                .toList();
    }

    @Test
    void pagesAreNumberedFromOneAndTheNewestComesFirst() {
        minutes("U".repeat(25));
        Answer first = person.caller().get(path("/health-checks?page=1&limit=10"));
        assertThat(first.status()).isEqualTo(200);
        assertThat(ids(first)).isEqualTo(newestFirst(24, 15));
        assertThat(first.json().path("total").asInt()).isEqualTo(25);
        assertThat(ids(person.caller().get(path("/health-checks?page=3&limit=10"))))
                .isEqualTo(newestFirst(4, 0));
        assertThat(ids(person.caller().get(path("/health-checks?page=4&limit=10"))))
                .isEmpty();
    }

    @Test
    void cursorsWalkThroughAllOfIt() {
        minutes("UD".repeat(12) + "U");
        List<String> walked = new ArrayList<>();
        String cursor = "";
        do {
            Answer answer = person.caller().get(path("/health-checks?limit=4" + cursor));
            walked.addAll(ids(answer));
            JsonNode next = answer.json().path("nextCursor");
            cursor = next.isMissingNode() ? "" : "&cursor=" + next.asString();
        } while (!cursor.isEmpty());
        assertThat(walked).isEqualTo(newestFirst(24, 0));
    }

    @Test
    void resultsOfOneSlotAreWalkedThroughLocationByLocation() {
        api.sql()
                .sql("INSERT INTO location (name) VALUES ('fra'), ('iad') ON CONFLICT DO NOTHING")
                .update();
        List<Integer> locations = api.sql()
                .sql("SELECT id FROM location ORDER BY id")
                .query((row, number) -> row.getInt("id"))
                .list();
        for (int location : locations) {
            facts.result(new Job(id, start, location, 1, JobKind.GRID), Outcome.UP, Reason.OK, null);
            facts.result(new Job(id, start + 60_000, location, 1, JobKind.GRID), Outcome.UP, Reason.OK, null);
        }
        List<String> walked = new ArrayList<>();
        String cursor = "";
        do {
            Answer answer = person.caller().get(path("/health-checks?limit=1" + cursor));
            walked.addAll(ids(answer));
            JsonNode next = answer.json().path("nextCursor");
            cursor = next.isMissingNode() ? "" : "&cursor=" + next.asString();
        } while (!cursor.isEmpty());
        assertThat(walked).doesNotHaveDuplicates().hasSize(2 * locations.size());
    }

    @Test
    void aResultSaysAllThatIsKnown() {
        minutes("UD");
        Answer down = person.caller().get(path("/results/" + (start + 60_000) + "~default"));
        assertThat(down.status()).isEqualTo(200);
        assertThat(down.text("/outcome")).isEqualTo("DOWN");
        assertThat(down.text("/reason")).isEqualTo("CONNECT_REFUSED");
        assertThat(down.text("/text")).isEqualTo("Nothing listens at the address.");
        assertThat(down.text("/detail")).isEqualTo("refused by 192.0.2.7:443");
        assertThat(down.text("/slot"))
                .isEqualTo(Instant.ofEpochMilli(start + 60_000).toString());
        assertThat(down.text("/checkedAt"))
                .isEqualTo(Instant.ofEpochMilli(start + 60_003).toString());
        assertThat(down.json().at("/phases/connectMicros").asInt()).isEqualTo(900);
        assertThat(down.json().at("/phases/tlsMicros").isMissingNode()).isTrue();
        assertThat(down.json().path("latencyMicros").asInt()).isEqualTo(41_250);
        assertThat(down.text("/kind")).isEqualTo("GRID");
        assertThat(down.json().path("version").asInt()).isEqualTo(1);
        assertThat(person.caller().get(path("/results/1~default")).status()).isEqualTo(404);
        assertThat(person.caller().get(path("/results/" + start + "~nowhere")).status())
                .isEqualTo(404);
        assertThat(person.caller().get(path("/results/soon~default")).status()).isIn(400, 404);
    }

    @Test
    void resultsAreFilteredByOutcomeAndTime() {
        minutes("UDU?DU");
        assertThat(ids(person.caller().get(path("/health-checks?outcome=DOWN"))))
                .hasSize(2);
        assertThat(ids(person.caller().get(path("/health-checks?outcome=down,UNKNOWN"))))
                .hasSize(3);
        assertThat(person.caller()
                        .get(path("/health-checks?outcome=DOWN&page=1"))
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(2);
        String from = Instant.ofEpochMilli(start + 60_000).toString();
        String to = Instant.ofEpochMilli(start + 180_000).toString();
        assertThat(ids(person.caller().get(path("/health-checks?from=" + from + "&to=" + to))))
                .isEqualTo(newestFirst(2, 1));
    }

    @ParameterizedTest(name = "{0} is refused naming {1}")
    @CsvSource(delimiter = '|', textBlock = """
        /health-checks?page=0                              | page
        /health-checks?page=-1                             | page
        /health-checks?page=999999999                      | page
        /health-checks?page=one                            | page
        /health-checks?limit=0                             | limit
        /health-checks?limit=501                           | limit
        /health-checks?limit=1.5                           | limit
        /health-checks?cursor=nonsense!                    | cursor
        /health-checks?outcome=FINE                        | outcome
        /health-checks?from=yesterday                      | from
        /health-checks?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z | from
        /health-checks?to=+1000000000-12-31T23:59:59Z      | to
        /uptime?from=2020-01-01T00:00:00Z&to=2020-01-01T00:00:00Z | from
        /uptime?location=nowhere                           | location
        /gaps?limit=0                                      | limit
        /transitions?limit=501                             | limit
        /incidents?state=ajar                              | state
        """)
    void nonsenseIsRefused(String rest, String field) {
        Answer answer = person.caller().get(path(rest.replace("+", "%2B")));
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.fields()).containsExactly(field);
    }

    @Test
    void uptimeDividesTheWholeTime() {
        facts.backdate(id, 4 * HOUR); // an hour may be over since the test began
        minutes("U".repeat(30) + "DDD" + "?" + "g" + "U".repeat(25));
        String range = "?from=%s&to=%s".formatted(Instant.ofEpochMilli(start), Instant.ofEpochMilli(start + HOUR));
        Answer answer = person.caller().get(path("/uptime" + range));
        assertThat(answer.json().path("upSeconds").asDouble()).isEqualTo(55 * 60);
        assertThat(answer.json().path("downSeconds").asDouble()).isEqualTo(3 * 60);
        assertThat(answer.json().path("unknownSeconds").asDouble()).isEqualTo(2 * 60);
        assertThat(answer.json().path("suspendedSeconds").asDouble()).isZero();
        assertThat(answer.json().path("uptimePercent").asDouble()).isEqualTo(94.8275); // 55/58 = 94.82758...
        assertThat(answer.json().path("coveragePercent").asDouble()).isEqualTo(96.6666);
    }

    @Test
    void uptimeBeginsWithTheServiceAndSaysNothingOfWhatNobodyKnows() {
        Answer answer = person.caller().get(path("/uptime?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("uptimePercent").isMissingNode()).isTrue();
        Answer young = person.caller().get(path("/uptime"));
        assertThat(young.json().path("uptimePercent").isMissingNode()).isTrue();
        assertThat(young.json().path("unknownSeconds").asDouble()).isLessThan(60);
    }

    @Test
    void gapsAreShownWithTheirReason() {
        minutes("UgU");
        facts.gap(id, start + 600_000, start + 1_200_000, 11, Reason.SHED);
        Answer answer = person.caller().get(path("/gaps"));
        assertThat(answer.json().path("items")).hasSize(2);
        assertThat(answer.text("/items/0/reason")).isEqualTo("SHED");
        assertThat(answer.json().at("/items/0/slots").asInt()).isEqualTo(11);
        assertThat(answer.text("/items/0/from"))
                .isEqualTo(Instant.ofEpochMilli(start + 600_000).toString());
        assertThat(answer.text("/items/1/reason")).isEqualTo("LOST");
        Answer first = person.caller().get(path("/gaps?limit=1"));
        Answer second = person.caller().get(path("/gaps?limit=1&cursor=" + first.text("/nextCursor")));
        assertThat(second.text("/items/0/reason")).isEqualTo("LOST");
    }

    @Test
    void transitionsAreNumberedWithoutAHole() {
        facts.turn(id, State.UP);
        facts.turn(id, State.DOWN);
        facts.turn(id, State.UP);
        Answer answer = person.caller().get(path("/transitions?limit=2"));
        assertThat(answer.json().at("/items/0/seq").asInt()).isEqualTo(3);
        assertThat(answer.text("/items/0/to")).isEqualTo("Up");
        assertThat(answer.text("/items/1/to")).isEqualTo("Down");
        assertThat(answer.text("/items/1/reason")).isEqualTo("CONNECT_REFUSED");
        Answer rest = person.caller().get(path("/transitions?limit=2&cursor=" + answer.text("/nextCursor")));
        assertThat(rest.json().path("items")).hasSize(1);
        assertThat(rest.text("/items/0/from")).isEqualTo("Unknown");
    }

    @Test
    void theHistoryOfARemovedServiceStays() {
        minutes("UDU");
        facts.remove(person.teamId(), id);
        assertThat(ids(person.caller().get(path("/health-checks")))).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"/health-checks", "/transitions", "/gaps", "/uptime", "/incidents", "/results/1~default"})
    void anotherTeamsHistoryIsNotThere(String rest) {
        Person stranger = api.somebody();
        assertThat(stranger.caller().get(path(rest)).status()).isEqualTo(404);
        assertThat(api.anybody().get(path(rest)).status()).isEqualTo(401);
    }
}
