package io.healthchecker.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class DueRingTest {
    private static final long START = 1_790_000_000_000L;
    private static final long[] PERIODS = {1_000, 2_000, 5_000, 7_000, 10_000, 30_000, 60_000, 61_000, 300_000};

    /** A slot, whatever the version. */
    private record Slot(long serviceId, long at) {}

    @RepeatedTest(50)
    void everySlotIsDueExactlyOnceWhateverTheTicksAndTheChanges() {
        long seed = new Random().nextLong();
        new Story(seed).run();
    }

    @RepeatedTest(20)
    void runsAreTheSameSlots() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        DueRing ring = new DueRing();
        for (long id = 1; id <= 200; id++) {
            ring.apply(new Era(id, 1, START - random.nextInt(20_000), Cadence.of(id, anyPeriod(random))));
            if (random.nextInt(4) == 0) {
                ring.apply(new Era(id, 2, START + random.nextInt(60_000), Cadence.of(id, anyPeriod(random))));
            }
        }
        ring.settle(START - random.nextInt(5_000));
        long to = START + random.nextInt(200_000);
        List<Slot> fromRuns = new ArrayList<>();
        ring.runs(START, to, run -> {
            long slot = run.first().slot();
            for (int i = 0; i < run.slots(); i++, slot += run.first().periodMillis()) {
                fromRuns.add(new Slot(run.first().serviceId(), slot));
            }
            assertThat(run.lastSlot()).isEqualTo(slot - run.first().periodMillis());
        });
        assertThat(fromRuns)
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(ring.due(START, to).stream()
                        .map(due -> new Slot(due.serviceId(), due.slot()))
                        .toList());
    }

    @Test
    void theOldCadenceGoesOnUntilTheNewOneBegins() {
        DueRing ring = new DueRing();
        ring.apply(new Era(7, 1, 0, new Cadence(10_000, 500)));
        ring.settle(START);
        ring.apply(new Era(7, 2, START + 15_000, new Cadence(4_000, 0)));

        assertThat(ring.due(START, START + 25_000))
                .extracting(due -> due.slot() - START, Due::version)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(500L, 1L),
                        org.assertj.core.groups.Tuple.tuple(10_500L, 1L),
                        org.assertj.core.groups.Tuple.tuple(16_000L, 2L),
                        org.assertj.core.groups.Tuple.tuple(20_000L, 2L),
                        org.assertj.core.groups.Tuple.tuple(24_000L, 2L));
    }

    @Test
    void aSuspensionBeforeAPendingChangeMeansThatTheChangeNeverComes() {
        DueRing ring = new DueRing();
        ring.apply(new Era(7, 1, 0, new Cadence(10_000, 500)));
        ring.apply(new Era(7, 2, START + 3_000, new Cadence(1_000, 0)));
        ring.apply(new Era(7, 3, START + 1_000, null));

        assertThat(ring.due(START, START + 60_000)).extracting(Due::slot).containsExactly(START + 500);
        assertThat(ring.size()).isZero();
    }

    @Test
    void whatIsOlderThanWhatIsKnownIsNoNews() {
        DueRing ring = new DueRing();
        assertThat(ring.apply(new Era(7, 5, 0, new Cadence(10_000, 0)))).isTrue();
        assertThat(ring.apply(new Era(7, 5, 0, new Cadence(10_000, 0)))).isFalse();
        ring.settle(START);
        assertThat(ring.apply(new Era(7, 4, 0, new Cadence(1_000, 0)))).isFalse();
        assertThat(ring.due(START, START + 10_000)).hasSize(1);
    }

    private static long anyPeriod(Random random) {
        return PERIODS[random.nextInt(PERIODS.length)];
    }

    /** Minutes in the life of a ring: changes that are heard of late, ticks of any length, and what should have come. */
    private static final class Story {
        private final long seed;
        private final Random random;
        private final DueRing ring = new DueRing();
        private final Map<Long, List<Era>> told = new HashMap<>();
        private final List<Slot> due = new ArrayList<>();
        private long watermark = START;

        Story(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void run() {
            int services = 1 + random.nextInt(80);
            for (int tick = 0; tick < 400; tick++) {
                long now = watermark - 1_500 + random.nextInt(random.nextInt(20) == 0 ? 9_000 : 400);
                for (int i = random.nextInt(4); i > 0; i--) {
                    change(1 + random.nextInt(services), now);
                }
                emit(Math.max(watermark, now + 1_500));
            }
            assertThat(due).as("seed %d", seed).doesNotHaveDuplicates();
            assertThat(new HashSet<>(due)).as("seed %d", seed).isEqualTo(expected());
        }

        private void change(long id, long now) {
            List<Era> eras = told.computeIfAbsent(id, any -> new ArrayList<>());
            boolean active = random.nextInt(4) > 0;
            long made = now - random.nextInt(1_000);
            // slots that are emitted already when a suspension is heard of are no surprise
            long from = active ? Math.max(made + 3_000, watermark + 1) : Math.max(made, watermark + 1);
            Era era = new Era(id, eras.size() + 1, from, active ? Cadence.of(id, anyPeriod(random)) : null);
            eras.add(era);
            assertThat(ring.apply(era)).isTrue();
            assertThat(ring.apply(eras.get(random.nextInt(eras.size())))).isFalse();
        }

        private void emit(long to) {
            List<Due> part = ring.due(watermark, to);
            assertThat(part).isSortedAccordingTo(Comparator.comparingLong(Due::slot));
            part.forEach(d -> due.add(new Slot(d.serviceId(), d.slot())));
            watermark = to;
            ring.settle(watermark);
            assertThat(ring.digest()).isEqualTo(digest());
        }

        private Digest digest() {
            long hash = 0;
            int services = 0;
            for (List<Era> eras : told.values()) {
                if (eras.getLast().cadence() != null) {
                    hash ^= Digest.hash(
                            eras.getLast().serviceId(), eras.getLast().version());
                    services++;
                }
            }
            return new Digest(services, hash);
        }

        private Set<Slot> expected() {
            Set<Slot> slots = new HashSet<>();
            for (List<Era> eras : told.values()) {
                for (int i = 0; i < eras.size(); i++) {
                    long until = watermark + 1;
                    for (Era later : eras.subList(i + 1, eras.size())) {
                        until = Math.min(until, later.fromMillis());
                    }
                    Cadence cadence = eras.get(i).cadence();
                    if (cadence != null) {
                        long slot = cadence.slotAfter(eras.get(i).fromMillis() - 1);
                        for (; slot < until; slot += cadence.periodMillis()) {
                            slots.add(new Slot(eras.get(i).serviceId(), slot));
                        }
                    }
                }
            }
            return slots;
        }
    }
}
