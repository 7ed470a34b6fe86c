package io.healthchecker.worker.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.location.WorkerTable;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.HandClock;
import io.healthchecker.worker.Installation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PresenceTest {
    private final Installation installation = new Installation();
    private final HandClock clock = new HandClock();
    private final Presence one = presence("one");
    private final Presence two = presence("two");

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void nobodyIsTrustedToBeDeadBeforeEverybodyHadTimeToSaySo() {
        one.enter();
        two.enter();
        one.beat();
        assertThat(one.living()).isNull();
        beatFor(Duration.ofSeconds(10), one, two);
        assertThat(one.living()).isNull();
        beatFor(Duration.ofSeconds(2), one, two);
        assertThat(one.living()).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void afterTheDatabaseWasAwayNobodyIsTrustedForAWhile() {
        one.enter();
        beatFor(Duration.ofSeconds(14), one);
        assertThat(one.living()).isNotNull();
        clock.advance(Duration.ofSeconds(6));
        assertThat(one.living()).isNull();
        beatFor(Duration.ofSeconds(4), one);
        assertThat(one.living()).isNull();
        beatFor(Duration.ofSeconds(12), one);
        assertThat(one.living()).isNotNull();
    }

    @Test
    void whoBeginsKnowsWhetherOthersAreThere() {
        one.enter();
        assertThat(one.hasCompany()).isFalse();
        two.enter();
        assertThat(two.hasCompany()).isTrue();
        one.leave();
        assertThat(two.hasCompany()).isFalse();
    }

    @Test
    void whoIsNotSeenForTenSecondsIsDead() {
        one.enter();
        two.enter();
        installation
                .jdbc
                .sql("UPDATE worker SET seen_at = seen_at - interval '11 s' WHERE name = 'two'")
                .update();
        beatFor(Duration.ofSeconds(14), one);
        assertThat(one.living()).containsExactly("one");
        assertThat(one.isEldest()).isTrue();
    }

    @Test
    void theEldestIsTheOneThatEnteredFirst() {
        one.enter();
        two.enter();
        for (int i = 0; i < 8; i++) {
            one.beat();
            two.beat();
            clock.advance(Presence.EVERY);
        }
        assertThat(one.isEldest()).isTrue();
        assertThat(two.isEldest()).isFalse();
        one.leave();
        two.beat();
        assertThat(two.isEldest()).isTrue();
    }

    @Test
    void whoWasStartedLatelyKnowsOfNoElder() {
        one.enter();
        two.enter();
        two.beat();
        assertThat(two.hasElder()).isFalse();
        beatFor(Duration.ofSeconds(14), one, two);
        assertThat(two.hasElder()).isTrue();
        one.leave();
        two.beat();
        assertThat(two.hasElder()).isFalse();
    }

    @Test
    void whoLeavesIsDeadAtOnce() {
        one.enter();
        two.enter();
        two.leave();
        beatFor(Duration.ofSeconds(14), one);
        assertThat(one.living()).containsExactly("one");
    }

    @Test
    void theNewestOfTwoWithOneNameLivesAndTheOtherKnows() {
        one.enter();
        Presence again = presence("one");
        again.enter();
        one.beat();
        again.beat();
        assertThat(one.isReplaced()).isTrue();
        assertThat(again.isReplaced()).isFalse();
        one.leave();
        beatFor(Duration.ofSeconds(14), again);
        assertThat(again.living()).containsExactly("one");
    }

    @Test
    void ofSeveralOnOneMachineEachHasANameOfItsOwn() {
        Presence first = onMachine("host");
        first.enter();
        Presence second = onMachine("host");
        Presence third = onMachine("host");
        beatMeanwhile(List.of(first), second::enter);
        beatMeanwhile(List.of(first, second), third::enter);
        assertThat(List.of(first.name(), second.name(), third.name())).containsExactly("host", "host-2", "host-3");
        first.beat();
        assertThat(first.isReplaced()).isFalse();
        second.leave();
        Presence fourth = onMachine("host");
        beatMeanwhile(List.of(first, third), fourth::enter);
        assertThat(fourth.name()).isEqualTo("host-2");
    }

    @Test
    void itTellsHowFarItsClockIsAhead() {
        one.enter();
        one.beat();
        assertThat(ahead("one")).isBetween(-5_000L, 5_000L);
        Presence ahead = presence(
                new Presence.Identity("ahead", false, 1, "dev"), Ticker.system().epochMillis() + 3_600_000);
        ahead.enter();
        assertThat(ahead("ahead")).as("before it says so").isNull();
        ahead.beat();
        assertThat(ahead("ahead")).isBetween(3_500_000L, 3_600_000L);
    }

    private @Nullable Long ahead(String name) {
        return installation
                .jdbc
                .sql("SELECT clock_ahead_ms FROM worker WHERE name = :name")
                .param("name", name)
                .query((row, number) -> Optional.ofNullable(row.getObject(1, Long.class)))
                .single()
                .orElse(null);
    }

    @Test
    void whoDiedAndStartsAgainHasItsNameBack() {
        Presence dead = onMachine("host");
        int id = dead.enter();
        installation
                .jdbc
                .sql("UPDATE worker SET seen_at = seen_at - interval '4 s'")
                .update();
        Presence again = onMachine("host");
        assertThat(again.enter()).isEqualTo(id);
        assertThat(again.name()).isEqualTo("host");
    }

    private static void beatMeanwhile(List<Presence> living, Runnable what) {
        var beating = Executors.newSingleThreadScheduledExecutor();
        try {
            living.forEach(each -> beating.scheduleWithFixedDelay(each::beat, 0, 50, TimeUnit.MILLISECONDS));
            what.run();
        } finally {
            beating.shutdownNow();
        }
    }

    /** The database's clock goes on meanwhile: who is to live has to beat, too. */
    private void beatFor(Duration duration, Presence... living) {
        for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plus(Presence.EVERY)) {
            clock.advance(Presence.EVERY);
            for (Presence each : living) {
                each.beat();
            }
        }
    }

    private Presence presence(String name) {
        return presence(new Presence.Identity(name, false, 1, "dev"));
    }

    private Presence onMachine(String host) {
        return presence(new Presence.Identity(host, true, 1, "dev"));
    }

    private Presence presence(Presence.Identity identity) {
        return presence(identity, clock);
    }

    private Presence presence(Presence.Identity identity, long epochMillis) {
        return presence(identity, new Ticker() {
            @Override
            public long epochMillis() {
                return epochMillis;
            }

            @Override
            public long nanoTime() {
                return clock.nanoTime();
            }
        });
    }

    private Presence presence(Presence.Identity identity, Ticker ticker) {
        return new Presence(
                new WorkerTable(installation.jdbc),
                identity,
                new Presence.Load(() -> 0, 10, () -> 0, () -> false),
                ticker);
    }
}
