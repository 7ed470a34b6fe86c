package io.healthchecker.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

class RosterTest {
    @RepeatedTest(20)
    void itFindsWhatWasAddedAndNotWhatWasRemoved() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Roster roster = new Roster();
        Map<Long, Integer> rows = new HashMap<>();
        for (int step = 0; step < 5_000; step++) {
            long id = random.nextInt(700);
            Integer row = rows.remove(id);
            if (row == null) {
                rows.put(id, roster.add(id, step, 1_000));
            } else {
                roster.remove(row);
            }
            long other = random.nextInt(700);
            assertThat(roster.find(other)).as("seed %d", seed).isEqualTo(rows.getOrDefault(other, Roster.NONE));
            assertThat(roster.size()).as("seed %d", seed).isEqualTo(rows.size());
        }
        rows.forEach((id, row) -> assertThat(roster.id(row)).isEqualTo(id));
    }
}
