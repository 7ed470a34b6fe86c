package io.healthchecker.api.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.feed.Subscriber.Dialect;
import org.junit.jupiter.api.Test;

/** An account has so many places, from the moment somebody is let in until they are gone. */
class PlacesTest {
    private final Places places = new Places(2);
    private final Subscriber first = of(1);
    private final Subscriber second = of(1);

    @Test
    void equalConnectionsAreCountedApart() {
        assertThat(first).isEqualTo(second);
        assertThat(places.take(first)).isTrue();
        assertThat(places.take(second)).isTrue();
        assertThat(places.take(of(1))).isFalse();
    }

    @Test
    void whoHasAPlaceKeepsIt() {
        places.take(first);
        places.take(second);

        assertThat(places.take(first)).isTrue();
    }

    @Test
    void aPlaceThatIsGivenBackIsFree() {
        places.take(first);
        places.take(second);
        places.leave(first);

        assertThat(places.take(of(1))).isTrue();
        assertThat(places.take(first)).isFalse();
    }

    @Test
    void whoHasNoPlaceGivesNoneBack() {
        places.take(first);
        places.take(second);
        places.leave(of(1));

        assertThat(places.take(of(1))).isFalse();
    }

    @Test
    void anotherAccountHasItsOwn() {
        places.take(first);
        places.take(second);

        assertThat(places.take(of(2))).isTrue();
    }

    private static Subscriber of(int accountId) {
        return new Subscriber(new Caller(accountId, 1, Long.MAX_VALUE), Dialect.INHERITED, 0);
    }
}
