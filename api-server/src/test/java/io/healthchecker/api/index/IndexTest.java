package io.healthchecker.api.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.api.testing.Caller;
import io.healthchecker.api.testing.Facts;
import io.healthchecker.core.verdict.State;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class IndexTest {
    private final Api api = Api.shared();
    private final Facts facts = new Facts(api.bean(DataSource.class));
    private final Person person = api.somebody();
    private final Caller caller = person.caller();

    @Test
    void everyColumnSaysSomethingOfEveryService() {
        long quiet = create("quiet", "\"labels\":{\"tier\":\"1\",\"env\":\"dev\"}");
        long broken = create("broken", "\"labels\":{\"tier\":\"1\"},\"failureThreshold\":3");
        long failing = create("failing", "\"periodSeconds\":30");
        facts.turn(broken, State.DOWN);
        facts.turn(failing, State.UP);
        api.sql()
                .sql("INSERT INTO location_verdict VALUES (:id, 1, 1, 3, 1, 0)")
                .param("id", failing)
                .update();

        JsonNode index = caller.get("/api/v1/services/index").json();

        JsonNode columns = index.get("columns");
        assertThat(index.get("count").asInt()).isEqualTo(3);
        assertThat(columns.properties())
                .allSatisfy(column -> assertThat(column.getValue()).hasSize(3));
        assertThat(columns.get("id").toString()).isEqualTo("[%d,%d,%d]".formatted(quiet, broken, failing));
        assertThat(columns.get("state").toString()).isEqualTo("[4,3,1]");
        assertThat(columns.get("period").toString()).isEqualTo("[60,60,30]");
        assertThat(columns.get("target").get(0).asString()).isEqualTo("https://quiet.example.com/health");
        assertThat(word(index, "reason", 1)).isEqualTo("CONNECT_REFUSED");
        assertThat(word(index, "probe", 0)).isEqualTo("http");
        assertThat(word(index, "source", 0)).isEqualTo("rest");
        assertThat(word(index, "namespace", 0)).isEmpty();
        assertThat(columns.get("labels").get(0)).hasSize(2);
        assertThat(index.at("/words/label").toString()).isEqualTo("[\"env:dev\",\"tier:1\"]");
        assertThat(columns.at("/incident/1").asLong()).isPositive();
        assertThat(columns.at("/incident/0").asLong()).isZero();
        assertThat(columns.at("/flags/2").asInt() & 1).isEqualTo(1);
        assertThat(index.get("failing").toString()).isEqualTo("{\"2\":[1,2]}");
        assertThat(index.get("asOf").asLong()).isEqualTo(facts.lastEventId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"state=Down", "label=tier:1", "label=-tier:1", "q=example", "q=-broken", "has=incident", "q=zzz"
            })
    void aFilterFindsWhatTheListFinds(String filter) {
        create("quiet", "\"labels\":{\"tier\":\"1\"}");
        facts.turn(create("broken", "\"labels\":{\"tier\":\"2\"}"), State.DOWN);

        List<Long> listed = new ArrayList<>();
        caller.get("/api/v1/services?" + filter)
                .json()
                .get("items")
                .forEach(item -> listed.add(item.get("id").asLong()));
        List<Long> indexed = new ArrayList<>();
        caller.get("/api/v1/services/index?" + filter).json().at("/columns/id").forEach(id -> indexed.add(id.asLong()));

        assertThat(indexed).isEqualTo(listed);
    }

    @Test
    void aNamespaceIsThatOfACustomResource() {
        long resource = create("resource", "\"labels\":{}");
        create("other", "\"labels\":{}");
        api.sql()
                .sql("UPDATE service SET source = 3, owner = :owner WHERE id = :id")
                .param("owner", "east/shop-%d/resource".formatted(resource))
                .param("id", resource)
                .update();

        JsonNode found =
                caller.get("/api/v1/services?namespace=shop-" + resource).json();

        assertThat(found.get("items")).hasSize(1);
        assertThat(found.has("ignored")).isFalse();
        JsonNode index =
                caller.get("/api/v1/services/index?namespace=shop-" + resource).json();
        assertThat(word(index, "namespace", 0)).isEqualTo("shop-" + resource);
        assertThat(caller.get("/api/v1/services?probe=dns").json().get("items")).isEmpty();
    }

    @Test
    void whatIsInHandComesAfterWhatIsNot() {
        long first = create("first", "\"labels\":{}");
        long second = create("second", "\"labels\":{}");
        facts.turn(first, State.DOWN);
        facts.turn(second, State.DOWN);
        String incident = caller.get("/api/v1/incidents?service=" + second).text("/items/0/id");
        caller.post("/api/v1/incidents/%s/acknowledge".formatted(incident), "{}");

        JsonNode sorted = caller.get("/api/v1/services?sort=severity").json();

        assertThat(sorted.at("/items/0/id").asLong()).isEqualTo(first);
        assertThat(sorted.at("/items/1/id").asLong()).isEqualTo(second);
    }

    @Test
    void nothingIsSentWhileNothingChanges() {
        long service = create("steady", "\"periodSeconds\":60");
        Answer first = caller.get("/api/v1/services/index");

        Answer again = caller.with("If-None-Match", first.header("ETag")).get("/api/v1/services/index");

        assertThat(again.status()).isEqualTo(304);
        assertThat(first.json().get("count").asInt()).isEqualTo(1);
        facts.turn(service, State.DOWN);
        // an index is shared for a second, and names the event from which the feed goes on
        assertThat(caller.get("/api/v1/services/index").json().get("asOf").asLong())
                .isLessThanOrEqualTo(facts.lastEventId());
    }

    @Test
    void facetsCountUnderTheFiltersOfTheOthers() {
        create("a", "\"labels\":{\"tier\":\"1\"}");
        facts.turn(create("b", "\"labels\":{\"tier\":\"1\"}"), State.DOWN);
        facts.turn(create("c", "\"labels\":{\"tier\":\"2\"}"), State.DOWN);

        JsonNode facets =
                caller.get("/api/v1/services/facets?state=Down&label=tier:1").json();

        assertThat(facets.get("total").asInt()).isEqualTo(1);
        assertThat(facets.get("state").toString()).isEqualTo("{\"Down\":1,\"Unknown\":1}");
        assertThat(facets.get("label").toString()).isEqualTo("{\"tier\":{\"1\":1,\"2\":1}}");
        assertThat(facets.get("probe").toString()).isEqualTo("{\"http\":1}");
    }

    @Test
    void barsShowWhatServicesOfTheTeamWere() {
        long service = create("bars", "\"periodSeconds\":60");
        long foreign = facts.service(api.somebody().teamId(), "foreign");
        facts.turn(service, State.UP);
        facts.turn(service, State.DOWN);

        JsonNode bars = caller.get("/api/v1/services/bars?range=1h&buckets=60&ids=%d,%d".formatted(service, foreign))
                .json();

        assertThat(bars.get("bucketSeconds").asInt()).isEqualTo(60);
        assertThat(bars.get("bars").size()).isEqualTo(1);
        assertThat(bars.at("/bars/" + service).asString())
                .hasSize(60)
                .startsWith("-----")
                .doesNotContain("N") // it was Unknown only until its first result
                .endsWith("D");
        assertThat(caller.get("/api/v1/services/bars?range=2y").fields()).containsExactly("range");
        assertThat(caller.get("/api/v1/services/bars?buckets=0").fields()).containsExactly("buckets");
    }

    @Test
    void whatWasLongWithoutAResultWasUnknownAndALaterLossCounts() {
        long waiting = create("waiting", "\"periodSeconds\":60");
        long lost = create("lost", "\"periodSeconds\":60");
        long reporting = caller.post("/api/v1/services", """
                        {"name":"reporting","heartbeat":{},"periodSeconds":60}""").json().get("id").asLong();
        facts.turn(lost, State.UP);
        facts.turn(lost, State.UNKNOWN);
        api.sql()
                .sql("UPDATE service SET created_at = created_at - interval '20 minutes' WHERE id = ANY(:ids)")
                .param("ids", new Long[] {waiting, reporting})
                .update();

        JsonNode bars = caller.get(
                        "/api/v1/services/bars?range=1h&buckets=6&ids=%d,%d,%d".formatted(waiting, lost, reporting))
                .json()
                .get("bars");

        assertThat(bars.get(String.valueOf(waiting)).asString()).isEqualTo("---NNN");
        assertThat(bars.get(String.valueOf(lost)).asString()).isEqualTo("-----N");
        assertThat(bars.get(String.valueOf(reporting)).asString()).isEqualTo("------");
    }

    @Test
    void aPauseLastsUntilTheFirstResultAfterIt() {
        long service = create("paused", "\"periodSeconds\":60");
        facts.turn(service, State.UP);
        caller.patch("/api/v1/services/" + service, "{\"suspend\":true}");
        caller.patch("/api/v1/services/" + service, "{\"suspend\":false}");

        turnedAgo(service, 45, 35, 1);
        assertThat(sixths(service)).isEqualTo("-UUPPP");
        facts.turn(service, State.UP);
        assertThat(sixths(service)).isEqualTo("-UUPPU");
        turnedAgo(service, 120, 110, 61, 58); // resumed before the first part, and Up within it
        assertThat(sixths(service)).isEqualTo("UUUUUU");
    }

    private String sixths(long service) {
        return caller.get("/api/v1/services/bars?range=1h&buckets=6&ids=" + service)
                .text("/bars/" + service);
    }

    /** Moves the transitions of a service so many minutes into the past, and its creation a little before the first. */
    private void turnedAgo(long service, int... minutes) {
        api.sql()
                .sql(
                        "UPDATE service SET created_at = clock_timestamp() - make_interval(mins => :m, secs => 5) WHERE id = :id")
                .param("id", service)
                .param("m", minutes[0])
                .update();
        for (int i = 0; i < minutes.length; i++) {
            api.sql()
                    .sql(
                            "UPDATE transition SET at = clock_timestamp() - make_interval(mins => :m) WHERE service_id = :id AND seq = :seq")
                    .param("id", service)
                    .param("seq", i + 1)
                    .param("m", minutes[i])
                    .update();
        }
    }

    private long create(String name, String more) {
        return caller.post(
                        "/api/v1/services",
                        "{\"name\":\"%1$s\",\"url\":\"https://%1$s.example.com/health\",%2$s}".formatted(name, more))
                .json()
                .get("id")
                .asLong();
    }

    private static String word(JsonNode index, String column, int row) {
        int place = index.at("/columns/%s/%d".formatted(column, row)).asInt();
        return index.at("/words/%s/%d".formatted(column, place)).asString();
    }
}
