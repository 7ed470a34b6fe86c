package io.healthchecker.api.incident;

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
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResponseTest {
    private final Api api = Api.shared();
    private final Facts facts = new Facts(api.bean(DataSource.class));
    private final Person person = api.somebody();
    private long service;
    private String incident = "";

    @BeforeEach
    void anIncidentOpens() {
        service = facts.service(person.teamId(), "shop");
        facts.turn(service, State.UP);
        facts.turn(service, State.DOWN);
        incident =
                "/api/v1/incidents/" + person.caller().get("/api/v1/incidents").text("/items/0/id");
    }

    @Test
    void notesAreReadWindowByWindow() {
        for (String text : List.of("one", "two", "three")) {
            person.caller().post(incident + "/notes", "{\"text\":\"%s\"}".formatted(text));
            person.caller().post(incident + "/acknowledge", "{}"); // is no note
        }

        Answer first = person.caller().get(incident + "/notes?limit=2");
        Answer second = person.caller().get(incident + "/notes?limit=2&cursor=" + first.text("/nextCursor"));

        assertThat(first.text("/items/1/text")).isEqualTo("two");
        assertThat(second.json().get("items")).hasSize(1);
        assertThat(second.text("/items/0/text")).isEqualTo("three");
        assertThat(second.json().has("nextCursor")).isFalse();
    }

    @Test
    void whoAcknowledgesIsNamedUntilTheyTakeItBack() {
        Instant until = Instant.ofEpochMilli(Ticker.system().epochMillis())
                .truncatedTo(ChronoUnit.SECONDS)
                .plusSeconds(3_600);

        Answer taken = person.caller()
                .post(incident + "/acknowledge", "{\"note\":\"rolling back\",\"until\":\"%s\"}".formatted(until));

        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.text("/acknowledged/by")).isEqualTo(person.email());
        assertThat(taken.text("/acknowledged/note")).isEqualTo("rolling back");
        assertThat(taken.text("/acknowledged/until")).isEqualTo(until.toString());
        assertThat(person.caller()
                                .get("/api/v1/services/index")
                                .json()
                                .at("/columns/flags/0")
                                .asInt()
                        & 16)
                .isEqualTo(16);
        assertThat(person.caller().delete(incident + "/acknowledge").json().has("acknowledged"))
                .isFalse();
    }

    @Test
    void whatIsOverOrPastIsNotAcknowledged() {
        assertThat(person.caller()
                        .post(incident + "/acknowledge", "{\"until\":\"2020-01-01T00:00:00Z\"}")
                        .fields())
                .containsExactly("until");
        facts.turn(service, State.UP);

        assertThat(person.caller().post(incident + "/acknowledge", "{}").status())
                .isEqualTo(409);
        assertThat(person.caller().get(incident).json().has("acknowledged")).isFalse();
    }

    @Test
    void theTimelineTellsWhatHappenedWasDoneAndWasSaid() {
        person.caller().post(incident + "/acknowledge", "{}");
        person.caller().post(incident + "/notes", "{\"text\":\"The **database** is full.\",\"public\":true}");
        facts.turn(service, State.UP);

        Answer timeline = person.caller().get(incident + "/timeline");

        List<String> kinds = timeline.json().get("items").findValuesAsString("kind");
        assertThat(kinds).containsExactly("transition", "acknowledged", "note", "transition");
        assertThat(timeline.text("/items/0/to")).isEqualTo("Down");
        assertThat(timeline.text("/items/0/reason")).isEqualTo("CONNECT_REFUSED");
        assertThat(timeline.text("/items/2/text")).isEqualTo("The **database** is full.");
        assertThat(timeline.json().at("/items/2/public").asBoolean()).isTrue();
        assertThat(person.caller().get(incident + "/notes").json().get("items")).hasSize(1);
        assertThat(person.caller().post(incident + "/notes", "{\"text\":\" \"}").fields())
                .containsExactly("text");
    }

    @Test
    void eachActIsAnEvent() {
        long before = facts.lastEventId();

        person.caller().post(incident + "/acknowledge", "{}");
        person.caller().post(incident + "/notes", "{\"text\":\"x\"}");
        person.caller().delete(incident + "/acknowledge");
        person.caller().delete(incident + "/acknowledge");

        assertThat(api.sql()
                        .sql("SELECT kind FROM event WHERE team_id = :teamId AND id > :id ORDER BY id")
                        .param("teamId", person.teamId())
                        .param("id", before)
                        .query(String.class)
                        .list())
                .containsExactly("incident.acknowledged", "incident.noted", "incident.unacknowledged");
    }

    @Test
    void theEvidenceIsWhatTheChecksSaw() {
        long minute = Ticker.system().epochMillis() / 60_000 * 60_000;
        facts.result(new Job(service, minute - 60_000, 1, 1, JobKind.GRID), Outcome.UP, Reason.OK, null);
        facts.result(new Job(service, minute, 1, 1, JobKind.GRID), Outcome.DOWN, Reason.CONNECT_REFUSED, null);

        Answer evidence = person.caller().get(incident + "/evidence");

        assertThat(evidence.json().get("slots")).hasSize(2);
        assertThat(evidence.text("/locations/0/location")).isEqualTo("default");
        assertThat(evidence.text("/locations/0/cells/0/outcome")).isEqualTo("UP");
        assertThat(evidence.text("/locations/0/cells/1/reason")).isEqualTo("CONNECT_REFUSED");
    }
}
