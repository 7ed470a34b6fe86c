package io.healthchecker.api.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventRingTest {
    private static final int MINE = 1;
    private static final int THEIRS = 2;

    private static FeedEvent event(long id, int teamId) {
        return new FeedEvent(id, teamId, 7, Topic.STATES, "{}", null);
    }

    private static @Nullable List<Long> ids(EventRing ring, long after, int limit) {
        List<FeedEvent> found = ring.after(after, limit);
        return found == null ? null : found.stream().map(FeedEvent::id).toList();
    }

    private static EventRing with(int size, long base, long upTo) {
        EventRing ring = new EventRing(size, base);
        for (long id = base + 1; id <= upTo; id++) {
            ring.append(event(id, id == base + 1 ? MINE : THEIRS));
        }
        return ring;
    }

    @Test
    void theNewestAreThereAndTheRestIsSaidToBeGone() {
        EventRing ring = with(10, 100, 125);
        assertThat(ids(ring, 115, 100)).containsExactly(116L, 117L, 118L, 119L, 120L, 121L, 122L, 123L, 124L, 125L);
        assertThat(ids(ring, 120, 3)).containsExactly(121L, 122L, 123L);
        assertThat(ids(ring, 125, 3)).isEmpty();
        assertThat(ids(ring, 114, 100)).isNull();
        assertThat(ids(ring, 99, 100)).isNull();
    }

    @Test
    void anIdThatDoesNotFollowIsRefused() {
        EventRing ring = with(10, 0, 5);
        assertThatThrownBy(() -> ring.append(event(7, MINE))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ring.append(event(5, MINE))).isInstanceOf(IllegalArgumentException.class);
        assertThat(ring.newest()).isEqualTo(5);
    }

    @Test
    void aTeamWithoutEventsNeedNotReadThoseOfOthers() {
        EventRing ring = with(10, 100, 150);
        assertThat(ring.nothingFor(MINE, 101)).isTrue();
        assertThat(ring.nothingFor(MINE, 100)).isFalse();
        assertThat(ring.nothingFor(THEIRS, 149)).isFalse();
        assertThat(ring.nothingFor(3, 100)).isTrue();
        // nobody knows what was before it began
        assertThat(ring.nothingFor(3, 99)).isFalse();
    }

    @Test
    void afterARestartNothingBeforeItIsKnown() {
        EventRing ring = with(10, 0, 5);
        ring.restart(40);
        ring.append(event(41, MINE));
        assertThat(ids(ring, 40, 10)).containsExactly(41L);
        assertThat(ids(ring, 3, 10)).isNull();
        assertThat(ring.nothingFor(THEIRS, 3)).isFalse();
    }
}
