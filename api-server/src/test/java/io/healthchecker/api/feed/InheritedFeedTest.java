package io.healthchecker.api.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.api.testing.Facts;
import io.healthchecker.core.verdict.State;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Without a subprotocol a client hears what the earlier product said, and nothing else. */
class InheritedFeedTest {
    private final Api api = Api.shared();
    private final Facts facts = new Facts(api.bean(DataSource.class));
    private final Person person = api.somebody();

    private Ear.Approach approach() {
        return Ear.Approach.to(api.port()).as(person).with("Origin", "http://localhost:8080");
    }

    @Test
    void aChangeBetweenUpAndDownIsOneMessageOfFourFields() {
        long id = facts.service(person.teamId(), "shop");
        try (Ear ear = approach().connect()) {
            facts.turn(id, State.UP);
            facts.turn(id, State.DOWN);
            facts.turn(id, State.UP);
            assertThat(ear.hear(2))
                    .allSatisfy(message -> assertThat(message)
                            .matches("\\{\"ServiceID\":" + id
                                    + ",\"OldStatus\":\"(UP|DOWN)\",\"NewStatus\":\"(UP|DOWN)\","
                                    + "\"Timestamp\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\"}"));
            assertThat(ear.heard().get(0)).contains("\"OldStatus\":\"UP\",\"NewStatus\":\"DOWN\"");
            assertThat(ear.heard().get(1)).contains("\"OldStatus\":\"DOWN\",\"NewStatus\":\"UP\"");
            assertThat(ear.protocol()).isEmpty();
        }
    }

    @Test
    void everythingElseIsSilence() {
        long id = facts.service(person.teamId(), "shop");
        try (Ear ear = approach().connect()) {
            facts.turn(id, State.UP); // the first verdict
            facts.turn(id, State.DEGRADED); // slow, but there
            facts.turn(id, State.UNKNOWN);
            facts.turn(id, State.SUSPENDED);
            facts.turn(id, State.UNKNOWN);
            facts.turn(id, State.UP); // as it was before
            facts.turn(id, State.UNKNOWN);
            facts.turn(id, State.DOWN); // the first change, though Unknown lies between
            assertThat(ear.hear(1).getFirst()).contains("\"OldStatus\":\"UP\",\"NewStatus\":\"DOWN\"");
            facts.turn(id, State.DEGRADED);
            assertThat(ear.hear(2).getLast()).contains("\"OldStatus\":\"DOWN\",\"NewStatus\":\"UP\"");
            assertThat(ear.heard()).hasSize(2);
        }
    }

    @Test
    void otherTeamsAreNotHeard() {
        Person other = api.somebody();
        long mine = facts.service(person.teamId(), "mine");
        long theirs = facts.service(other.teamId(), "theirs");
        facts.turn(mine, State.UP);
        facts.turn(theirs, State.UP);
        try (Ear ear = approach().connect()) {
            facts.turn(theirs, State.DOWN);
            facts.turn(mine, State.DOWN);
            assertThat(ear.hear(1)).singleElement().asString().contains("\"ServiceID\":" + mine);
            facts.turn(theirs, State.UP);
            facts.turn(mine, State.UP);
            assertThat(ear.hear(2)).allSatisfy(message -> assertThat(message).contains("\"ServiceID\":" + mine));
        }
    }

    @Test
    void whatTheClientSaysIsIgnored() {
        long id = facts.service(person.teamId(), "shop");
        facts.turn(id, State.UP);
        try (Ear ear = approach().connect()) {
            ear.say("hello").say("{\"type\":\"subscribe\"}");
            facts.turn(id, State.DOWN);
            assertThat(ear.hear(1)).singleElement().asString().startsWith("{\"ServiceID\":");
        }
    }
}
