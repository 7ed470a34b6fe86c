package io.healthchecker.api.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.api.testing.Facts;
import io.healthchecker.core.verdict.State;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class IncidentTest {
    private final Api api = Api.shared();
    private final Facts facts = new Facts(api.bean(DataSource.class));
    private final Person person = api.somebody();

    @Test
    void anIncidentIsOpenUntilItsServiceIsUpAgain() {
        long id = facts.service(person.teamId(), "shop");
        facts.turn(id, State.UP);
        facts.turn(id, State.DEGRADED);
        facts.turn(id, State.DOWN);
        Answer open = person.caller().get("/api/v1/incidents?state=open");
        assertThat(open.json().path("items")).hasSize(1);
        assertThat(open.text("/items/0/service")).isEqualTo("shop");
        assertThat(open.text("/items/0/state")).isEqualTo("open");
        assertThat(open.text("/items/0/worst")).isEqualTo("Down");
        assertThat(open.json().at("/items/0/openedSeq").asInt()).isEqualTo(2);
        assertThat(open.json().at("/items/0/closedAt").isMissingNode()).isTrue();

        facts.turn(id, State.UP);
        assertThat(person.caller().get("/api/v1/incidents?state=open").json().path("items"))
                .isEmpty();
        Answer closed = person.caller()
                .get("/api/v1/incidents/" + open.json().at("/items/0/id").asLong());
        assertThat(closed.text("/state")).isEqualTo("closed");
        assertThat(closed.json().path("closedSeq").asInt()).isEqualTo(4);
    }

    @Test
    void incidentsAreListedNewestFirstAndByService() {
        long one = facts.service(person.teamId(), "one");
        long two = facts.service(person.teamId(), "two");
        for (int i = 0; i < 3; i++) {
            facts.turn(one, State.DOWN);
            facts.turn(one, State.UP);
        }
        facts.turn(two, State.DOWN);
        Answer first = person.caller().get("/api/v1/incidents?limit=3");
        assertThat(first.text("/items/0/service")).isEqualTo("two");
        Answer rest = person.caller().get("/api/v1/incidents?limit=3&cursor=" + first.text("/nextCursor"));
        assertThat(rest.json().path("items")).hasSize(1);
        assertThat(person.caller()
                        .get("/api/v1/incidents?service=" + one)
                        .json()
                        .path("items"))
                .hasSize(3);
        assertThat(person.caller()
                        .get("/api/v1/services/" + two + "/incidents")
                        .json()
                        .path("items"))
                .hasSize(1);
        assertThat(person.caller()
                        .get("/api/v1/services/" + two + "/incidents?state=closed")
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void anotherTeamsIncidentsAreNotThere() {
        long id = facts.service(person.teamId(), "shop");
        facts.turn(id, State.DOWN);
        long incident = person.caller()
                .get("/api/v1/incidents")
                .json()
                .at("/items/0/id")
                .asLong();
        Person stranger = api.somebody();
        assertThat(stranger.caller().get("/api/v1/incidents/" + incident).status())
                .isEqualTo(404);
        assertThat(stranger.caller().get("/api/v1/incidents").json().path("items"))
                .isEmpty();
        assertThat(stranger.caller()
                        .get("/api/v1/incidents?service=" + id)
                        .json()
                        .path("items"))
                .isEmpty();
        assertThat(api.anybody().get("/api/v1/incidents").status()).isEqualTo(401);
    }
}
