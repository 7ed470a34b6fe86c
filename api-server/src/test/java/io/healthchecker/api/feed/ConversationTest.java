package io.healthchecker.api.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.api.feed.Ear.Approach;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.api.testing.Facts;
import io.healthchecker.core.verdict.State;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What is said in hc.v1. */
class ConversationTest {
    private final Api api = Api.shared();
    private final Facts facts = new Facts(api.bean(DataSource.class));
    private final Person person = api.somebody();
    private final Approach approach = Approach.to(api.port()).as(person).speaking("hc.v1");

    @ParameterizedTest(name = "{0} is answered with an error in {1}")
    @CsvSource(delimiter = '|', textBlock = """
        {"type":"subscribe","topics":["nonsense"]}           | topics
        {"type":"subscribe","after":-1}                      | after
        {"type":"subscribe","after":"7"}                     | after
        {"type":"subscribe","filter":{"label":"a"}}          | filter.label
        {"type":"watch"}                                     | serviceIds
        {"type":"nonsense"}                                  | type
        {"no":"type"}                                        | type
        """)
    void whatCannotBeUnderstoodIsNamed(String message, String field) {
        try (Ear ear = approach.connect()) {
            ear.say(message);
            assertThat(ear.hear("error").at("/errors/0/field").asString("")).isEqualTo(field);
            ear.say("{\"type\":\"ping\"}");
            ear.hear("pong");
        }
    }

    @Test
    void nothingIsHeardBeforeSubscribing() {
        long id = facts.service(person.teamId(), "shop");
        try (Ear ear = approach.connect()) {
            ear.hear("hello");
            facts.turn(id, State.UP);
            long after = facts.lastEventId();
            ear.say("{\"type\":\"subscribe\",\"after\":%d}".formatted(after));
            facts.turn(id, State.DOWN);
            ear.hear("event", event -> event.at("/data/to").asString("").equals("Down"));
            assertThat(ear.eventIds()).allMatch(event -> event > after);
        }
    }

    @Test
    void topicsAndServicesAreChosen() {
        long mine = facts.service(person.teamId(), "mine");
        long other = facts.service(person.teamId(), "other");
        try (Ear ear = approach.connect()) {
            ear.say("{\"type\":\"subscribe\",\"topics\":[\"incidents\"],\"filter\":{\"serviceIds\":[%d]}}"
                    .formatted(mine));
            assertThat(ear.hear("snapshot").path("services")).hasSize(1);
            facts.turn(other, State.DOWN);
            facts.turn(mine, State.DOWN);
            facts.turn(mine, State.UP);
            ear.hear("event", event -> event.path("kind").asString("").equals("incident.closed"));
            assertThat(ear.heard("event")).hasSize(2).allSatisfy(event -> {
                assertThat(event.path("kind").asString("")).startsWith("incident.");
                assertThat(event.path("serviceId").asLong()).isEqualTo(mine);
            });
        }
    }

    @Test
    void otherTeamsAreNeitherHeardNorWatchedNorShown() {
        Person stranger = api.somebody();
        long theirs = facts.service(stranger.teamId(), "theirs");
        long mine = facts.service(person.teamId(), "mine");
        try (Ear ear = approach.connect()) {
            ear.say("{\"type\":\"subscribe\",\"filter\":{\"serviceIds\":[%d,%d]}}".formatted(theirs, mine));
            assertThat(ear.hear("snapshot").path("services")).hasSize(1);
            ear.say("{\"type\":\"watch\",\"serviceIds\":[%d,%d]}".formatted(theirs, mine));
            assertThat(ear.hear("watching").path("serviceIds")).hasSize(1);
            facts.turn(theirs, State.UP);
            facts.turn(mine, State.UP);
            ear.hear("event");
            assertThat(ear.heard("event"))
                    .allSatisfy(event ->
                            assertThat(event.path("serviceId").asLong()).isEqualTo(mine));
        }
    }

    @Test
    void resultsOfWatchedServicesAreHeardOnceEach() {
        long id = facts.service(person.teamId(), "shop");
        long slot = facts.result(id, 0);
        try (Ear ear = approach.connect()) {
            ear.say("{\"type\":\"watch\",\"serviceIds\":[%d]}".formatted(id));
            var result = ear.hear("result");
            assertThat(result.at("/data/serviceId").asLong()).isEqualTo(id);
            assertThat(result.at("/data/id").asString("")).isEqualTo(slot + "~default");
            assertThat(result.at("/data/outcome").asString("")).isEqualTo("UP");
            long next = facts.result(id, 1_000);
            ear.hear("result", message -> message.at("/data/id").asString("").startsWith(next + "~"));
            assertThat(ear.heard("result")).hasSize(2);
            assertThat(ear.heard("event")).isEmpty();
        }
    }

    @Test
    void whoTakesBatchesHearsWhatIsThereAtOnceInOneMessage() {
        long id = facts.service(person.teamId(), "shop");
        long before = facts.lastEventId();
        facts.tell(person.teamId(), id, 50, false, 0);
        await().atMost(Ear.PATIENCE).until(() -> api.bean(EventRing.class).newest() == facts.lastEventId());
        try (Ear ear = approach.connect()) {
            ear.say("{\"type\":\"subscribe\",\"after\":%d,\"batches\":true}".formatted(before));
            assertThat(ear.hear("batch").path("messages")).hasSize(50).allSatisfy(message -> {
                assertThat(message.path("type").asString("")).isEqualTo("event");
                assertThat(message.path("serviceId").asLong()).isEqualTo(id);
            });
            assertThat(ear.heard("event")).isEmpty();
            facts.turn(id, State.UP);
            ear.hear("event");
        }
    }

    @Test
    void aBatchIsOfABoundedLengthUnlessOneMessageIsLonger() {
        String message = "\"" + "x".repeat(9_998) + "\"";
        String longer = "\"" + "y".repeat(FeedJson.MOST_IN_BATCH) + "\"";
        assertThat(FeedJson.batches(List.of(message, message, message, message, longer, message)))
                .containsExactly(
                        "{\"type\":\"batch\",\"messages\":[%1$s,%1$s,%1$s]}".formatted(message),
                        message,
                        longer,
                        message);
    }

    @Test
    void whoConnectsHearsWhatKeepsServicesFromBeingKnown() {
        LiveFeed feed = api.bean(LiveFeed.class);
        JsonNode hello = await().until(
                        () -> {
                            // what the product finds of itself takes its place every few seconds
                            feed.tellCoverage(List.of(Map.of("kind", "LATE", "location", "sin", "services", 214)));
                            try (Ear ear = approach.connect()) {
                                return ear.hear("hello");
                            }
                        },
                        heard -> heard.at("/coverage/0/location").asString("").equals("sin"));
        assertThat(hello.at("/coverage/0/services").asInt()).isEqualTo(214);
        assertThat(FeedJson.ping(0, 7, null)).doesNotContain("coverage");
        assertThat(FeedJson.ping(0, 7, "[]")).contains("\"coverage\":[]");
    }

    @Test
    void whoAsksForItIsToldHowTheProductIsDoing() {
        try (Ear ear = approach.connect()) {
            ear.say("{\"type\":\"subscribe\",\"topics\":[\"system\"]}");
            assertThat(ear.hear("system").at("/data/feed/clients").asInt()).isPositive();
        }
    }

    @Test
    void aHundredServicesMayBeWatchedAndNoMore() {
        try (Ear ear = approach.connect()) {
            ear.say("{\"type\":\"watch\",\"serviceIds\":[%s]}".formatted(ids(100)));
            ear.hear("watching");
            ear.say("{\"type\":\"watch\",\"serviceIds\":[%s]}".formatted(ids(101)));
            assertThat(ear.hear("error").at("/errors/0/message").asString("")).contains("101", "100");
        }
    }

    private static String ids(int count) {
        return LongStream.rangeClosed(1, count).mapToObj(Long::toString).collect(Collectors.joining(","));
    }

    @Test
    void aMessageThatIsTooLargeEndsTheConnection() {
        try (Ear ear = approach.connect()) {
            ear.say("{\"type\":\"ping\",\"padding\":\"" + "x".repeat(5_000) + "\"}");
            assertThat(ear.awaitClose()).isEqualTo(1009);
        }
    }

    @Test
    void whoTalksTooMuchIsEnded() {
        try (Ear ear = approach.connect()) {
            // each is heard before the next is said: a line that is cut amid a sentence loses its close frame
            for (int said = 1; said < 10_000 && !ear.isClosed(); said++) {
                ear.say("{\"type\":\"ping\"}");
                ear.awaitAnswers(said);
            }
            assertThat(ear.awaitClose()).isEqualTo(1008);
        }
    }

    @Test
    void bytesAreNotUnderstood() {
        try (Ear ear = approach.connect()) {
            ear.mumble();
            assertThat(ear.awaitClose()).isEqualTo(1003);
        }
    }
}
