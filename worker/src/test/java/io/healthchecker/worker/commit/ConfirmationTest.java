package io.healthchecker.worker.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Delivery;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.verdict.Thresholds;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ConfirmationTest {
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void aConfirmationIsDueAfterTheWait() {
        Job confirmation = AfterCommit.confirmation(leaning(new Cadence(60_000, 500), 1_000), 120_777);
        assertThat(confirmation).isEqualTo(new Job(7, 121_777, 1, 3, JobKind.CONFIRMATION));
    }

    @Test
    void noneIsMadeWhereTheNextSlotComesAsSoon() {
        assertThat(AfterCommit.confirmation(leaning(new Cadence(1_000, 0), 1_000), 5_500))
                .isNull();
        assertThat(AfterCommit.confirmation(leaning(new Cadence(60_000, 0), 1_000), 59_000))
                .isNull();
        assertThat(AfterCommit.confirmation(leaning(new Cadence(60_000, 0), 1_000), 58_999))
                .isNotNull();
    }

    @RepeatedTest(500)
    void aConfirmationIsNeverOnTheGridAndNeverAfterTheNextSlot() {
        Cadence cadence = new Cadence(1_000L * (1 + random.nextInt(120)), random.nextInt(120_000));
        long now = random.nextLong(1_000_000_000L);
        Job confirmation = AfterCommit.confirmation(leaning(cadence, 1_000L * (1 + random.nextInt(10))), now);
        if (confirmation != null) {
            assertThat(cadence.isSlot(confirmation.slot())).as("seed %d", seed).isFalse();
            assertThat(confirmation.slot()).as("seed %d", seed).isBetween(now, cadence.slotAfter(now));
        }
    }

    private static Finished leaning(Cadence cadence, long confirmAfterMillis) {
        Job job = new Job(7, 60_500, 1, 3, JobKind.GRID);
        CheckResult result =
                new CheckResult(job, Outcome.DOWN, Reason.CONNECT_REFUSED, 0, 1_000, PhaseTimes.EMPTY, 0, false, null);
        return new Finished(
                new Delivery(0, "0-1", job, 1),
                result,
                new Subject("shop", Thresholds.DEFAULT, cadence, confirmAfterMillis));
    }
}
