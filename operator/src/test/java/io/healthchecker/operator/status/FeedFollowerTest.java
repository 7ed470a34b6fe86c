package io.healthchecker.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.registration.Registration;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.transition.StateChange;
import io.healthchecker.core.transition.TransitionLog;
import io.healthchecker.core.verdict.ServiceStateTable;
import io.healthchecker.core.verdict.State;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.TcpProbe;
import io.healthchecker.operator.status.Acceptance.Accepted;
import io.healthchecker.operator.status.FeedFollower.Changes;
import io.healthchecker.operator.status.FeedFollower.Rhythm;
import io.healthchecker.testing.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class FeedFollowerTest {
    private final DataSource database = TestPostgres.freshDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final JdbcTransactionManager transactions = new JdbcTransactionManager(database);
    private final HandTicker ticker = new HandTicker();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Subjects subjects = new Subjects();
    private final List<String> told = new ArrayList<>();
    private final FeedFollower follower = new FeedFollower(
            jdbc,
            subjects,
            new Changes() {
                @Override
                public void of(String uid) {
                    told.add(uid);
                }

                @Override
                public void ofAll() {
                    told.add("all");
                }
            },
            new StatusMetrics(meters),
            new Rhythm(Duration.ofMillis(50), Duration.ofHours(1), ticker, () -> 0.5));

    private final Service ours = createService("ours");
    private final Service theirs = createService("theirs");

    @BeforeEach
    void oursIsKnown() {
        subjects.report(Given.subject(1, new Accepted(ours.id())));
        follower.read();
        told.clear();
    }

    @Test
    void whatIsReportedIsReadAndTold() {
        assertThat(seen()).isEqualTo(State.UNKNOWN);
        assertThat(subjects.unread(10)).isEmpty();
    }

    @Test
    void aTransitionIsToldOnce() {
        turn(ours, State.DOWN);
        follower.read();
        follower.read();

        assertThat(told).containsExactly(Given.KEY.uid());
        assertThat(seen()).isEqualTo(State.DOWN);
    }

    @Test
    void severalTransitionsAreOneChangeToTheLast() {
        turn(ours, State.UP);
        turn(ours, State.DOWN);
        turn(ours, State.DEGRADED);
        follower.read();

        assertThat(told).containsExactly(Given.KEY.uid());
        assertThat(seen()).isEqualTo(State.DEGRADED);
    }

    @Test
    void servicesOfOthersAreNobodysBusiness() {
        turn(theirs, State.DOWN);
        follower.read();

        assertThat(told).isEmpty();
    }

    @Test
    void aHoleInTheFeedIsNoHoleInWhatIsKnown() {
        turn(ours, State.DOWN);
        turn(theirs, State.UP);
        jdbc.sql("DELETE FROM event WHERE kind <> 'state.changed' OR service_id = :id")
                .param("id", ours.id())
                .update();
        follower.read();

        assertThat(seen()).isEqualTo(State.DOWN);
    }

    @Test
    void theSweepFindsWhatTheFeedDidNotTell() {
        jdbc.sql("UPDATE service_state SET state = :state WHERE service_id = :id")
                .param("state", State.DOWN.code())
                .param("id", ours.id())
                .update();
        ticker.move(Duration.ofMinutes(59));
        follower.read();
        assertThat(told).isEmpty();

        ticker.move(Duration.ofMinutes(2));
        follower.read();

        assertThat(told).containsExactly(Given.KEY.uid(), "all");
        assertThat(seen()).isEqualTo(State.DOWN);
        assertThat(meters.get("hc.status.drifted").counter().count()).isEqualTo(1);
    }

    @Test
    void aServiceThatWasRemovedIsUnknown() {
        turn(ours, State.DOWN);
        follower.read();
        new Registration(jdbc, transactions, Ticker.system()).remove(ours.teamId(), ours.id(), null);
        follower.read();

        assertThat(seen()).isEqualTo(State.UNKNOWN);
    }

    private State seen() {
        return subjects.find(Given.KEY.uid()).seen().state();
    }

    private void turn(Service service, State to) {
        new TransactionTemplate(transactions)
                .executeWithoutResult(_ -> new TransitionLog(jdbc, Ticker.system())
                        .record(
                                new ServiceStateTable(jdbc)
                                        .lock(List.of(service.id())).stream()
                                                .map(before -> new StateChange(
                                                        before, service.name(), to, 1, Reason.TIMEOUT_CONNECT, null))
                                                .toList(),
                                List.of()));
    }

    private Service createService(String name) {
        int team = jdbc.sql("INSERT INTO team (name) VALUES (:name) RETURNING id")
                .param("name", name)
                .query(Integer.class)
                .single();
        return new Registration(jdbc, transactions, Ticker.system())
                .create(new NewService(team, name, Source.REST, null, Definition.of(TcpProbe.of("192.0.2.1", 80))));
    }
}
