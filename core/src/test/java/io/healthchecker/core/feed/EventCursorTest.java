package io.healthchecker.core.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.feed.EventCursor.Step;
import io.healthchecker.testing.TestPostgres;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class EventCursorTest {
    private final JdbcClient jdbc = JdbcClient.create(TestPostgres.freshDatabase());
    private final EventTable events = new EventTable(jdbc);
    private final EventCursor cursor = new EventCursor(events, 0);

    @Test
    void eventsComeInOrderAndOnce() {
        write(3);

        assertThat(ids(cursor.next())).containsExactly(1L, 2L, 3L);
        assertThat(ids(cursor.next())).isEmpty();
        write(1);
        assertThat(ids(cursor.next())).containsExactly(4L);
        assertThat(cursor.position()).isEqualTo(4);
    }

    @Test
    void aFullBatchSaysThatThereMayBeMore() {
        write(1_001);

        assertThat(cursor.next())
                .isInstanceOfSatisfying(
                        Step.Events.class, step -> assertThat(step.more()).isTrue());
        assertThat(ids(cursor.next())).containsExactly(1_001L);
    }

    @Test
    void aHoleIsToldBetweenWhatIsAroundIt() {
        write(5);
        jdbc.sql("DELETE FROM event WHERE id IN (3, 4)").update();

        assertThat(ids(cursor.next())).containsExactly(1L, 2L);
        assertThat(cursor.next()).isEqualTo(new Step.Lost(2, 5));
        assertThat(ids(cursor.next())).containsExactly(5L);
    }

    @Test
    void idsThatBeganAnewAreNoticed() {
        cursor.moveTo(10);
        write(2);

        List<Step> steps = IntStream.range(0, 40).mapToObj(_ -> cursor.next()).toList();

        assertThat(steps).contains(new Step.Restarted(10, 2));
        assertThat(cursor.position()).isEqualTo(2);
    }

    private void write(int count) {
        NewEvent event = new NewEvent(1, 7, new Event.ServiceCreated("shop", 1));
        events.insert(
                events.draw(count),
                IntStream.range(0, count).mapToObj(_ -> event).toList());
    }

    private static List<Long> ids(Step step) {
        assertThat(step).isInstanceOf(Step.Events.class);
        return ((Step.Events) step).events().stream().map(StoredEvent::id).toList();
    }
}
