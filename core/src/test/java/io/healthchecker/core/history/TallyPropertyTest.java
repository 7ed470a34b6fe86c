package io.healthchecker.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.service.ServiceChange;
import io.healthchecker.core.service.ServiceChange.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The sum against the definition, asked anew for every tenth of a second of random lives. */
class TallyPropertyTest {
    private static final long STEP = 100;
    private static final int END = 60_000;
    private static final int LIVES = 400;

    @Test
    void theSumIsWhatTheDefinitionSaysOfEveryInstant() {
        long seed = new Random().nextLong();
        System.out.println("TallyPropertyTest seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < LIVES; i++) {
            Life life = Life.random(random);
            long from = life.birth() + STEP * random.nextInt((int) ((END - life.birth()) / STEP));
            Window window = new Window(from, from + STEP * random.nextInt((int) ((END - from) / STEP) + 1));
            assertThat(life.summed(window))
                    .as("seed=%d life %d: %s in %s", seed, i, life, window)
                    .satisfies(uptime -> {
                        assertThat(uptime).isEqualTo(life.asked(window));
                        assertThat(uptime.millis()).isEqualTo(window.millis());
                        assertThat(uptime.unknownMillis()).isNotNegative();
                    });
        }
    }

    @Test
    void twoHalvesAddUpToTheWhole() {
        long seed = new Random().nextLong();
        System.out.println("TallyPropertyTest seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < LIVES; i++) {
            Life life = Life.random(random);
            long middle = life.birth() + random.nextInt((int) (END - life.birth()));
            assertThat(life.summed(new Window(life.birth(), middle)).plus(life.summed(new Window(middle, END))))
                    .as("seed=%d life %d: %s at %d", seed, i, life, middle)
                    .isEqualTo(life.summed(new Window(life.birth(), END)));
        }
    }

    private record Point(long slot, Outcome outcome, boolean onGrid) {}

    private record Life(List<ServiceChange> changes, List<Point> points, NavigableSet<Long> missing) {
        static Life random(Random random) {
            List<ServiceChange> changes = new ArrayList<>();
            boolean active = true;
            long at = STEP * random.nextInt(50);
            for (int seq = 1; at < END; seq++) {
                Op op = seq == 1
                        ? Op.CREATED
                        : active ? (random.nextBoolean() ? Op.CHANGED : Op.SUSPENDED) : Op.RESUMED;
                active = op != Op.SUSPENDED;
                Cadence cadence = new Cadence(1_000L * (1 + random.nextInt(8)), STEP * random.nextInt(100));
                changes.add(TallyTest.change(seq, op, at, active ? at + 3_000 : at, cadence, active));
                at += STEP * (1 + random.nextInt(250));
            }
            Life life = new Life(changes, new ArrayList<>(), new TreeSet<>());
            TreeMap<Long, Point> points = new TreeMap<>();
            for (long t = 0; t < END; t += STEP) {
                if (life.isDue(t)) {
                    switch (random.nextInt(10)) {
                        case 0 -> life.missing.add(t);
                        case 1 -> {} // neither a result nor a gap yet
                        default -> points.put(t, new Point(t, outcome(random), true));
                    }
                } else if (random.nextInt(60) == 0) {
                    points.put(t, new Point(t, outcome(random), false));
                }
            }
            life.points.addAll(points.values());
            return life;
        }

        private static Outcome outcome(Random random) {
            return Outcome.of(1 + random.nextInt(4));
        }

        long birth() {
            return changes.getFirst().atMillis();
        }

        Uptime summed(Window window) {
            Tally tally = new Tally(window, Eras.of(changes), runs());
            points.forEach(point -> tally.add(point.slot, point.outcome, point.onGrid));
            return tally.uptime();
        }

        /** Missing slots as they are stored: neighbours of one era are one row. */
        private List<MissingSlots> runs() {
            List<MissingSlots> runs = new ArrayList<>();
            for (long slot : missing) {
                ServiceChange change = changeAt(slot);
                if (!runs.isEmpty()
                        && change != null
                        && change.equals(changeAt(runs.getLast().toSlot()))
                        && change.cadence().slotAfter(runs.getLast().toSlot()) == slot) {
                    runs.set(runs.size() - 1, new MissingSlots(runs.getLast().fromSlot(), slot));
                } else {
                    runs.add(new MissingSlots(slot, slot));
                }
            }
            return runs;
        }

        Uptime asked(Window window) {
            Uptime sum = Uptime.NONE;
            for (long t = window.fromMillis(); t < window.toMillis(); t += STEP) {
                sum = sum.plus(at(t));
            }
            return sum;
        }

        private Uptime at(long t) {
            if (!isActive(t)) {
                return new Uptime(0, 0, 0, STEP);
            }
            Point last = null;
            for (Point point : points) {
                if (point.slot <= t && (point.onGrid || point.outcome != Outcome.UNKNOWN)) {
                    last = point;
                }
            }
            if (last == null || last.outcome == Outcome.UNKNOWN || !speaks(last.slot, t)) {
                return new Uptime(0, 0, STEP, 0);
            }
            return last.outcome == Outcome.DOWN ? new Uptime(0, STEP, 0, 0) : new Uptime(STEP, 0, 0, 0);
        }

        /** Whether nothing cut a result short between its slot and an instant. */
        private boolean speaks(long slot, long t) {
            if (!missing.subSet(slot, false, t, true).isEmpty()) {
                return false;
            }
            for (long u = slot; u <= t; u += STEP) {
                if (!isActive(u)) {
                    return false;
                }
            }
            long next = slot + STEP;
            while (!isDue(next)) {
                if (next > t) {
                    return true;
                }
                next += STEP;
            }
            ServiceChange change = changeAt(next);
            return change != null && t < next + change.cadence().periodMillis();
        }

        private boolean isActive(long t) {
            ServiceChange change = changeAt(t);
            return change != null && change.active();
        }

        private boolean isDue(long t) {
            ServiceChange change = changeAt(t);
            return change != null
                    && change.active()
                    && t >= change.effectiveMillis()
                    && change.cadence().isSlot(t);
        }

        private @Nullable ServiceChange changeAt(long t) {
            ServiceChange found = null;
            for (ServiceChange change : changes) {
                long start = change.op().begins() ? change.atMillis() : change.effectiveMillis();
                found = start <= t ? change : found;
            }
            return found;
        }
    }
}
