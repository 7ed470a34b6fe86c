package io.healthchecker.worker.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Delivery;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.commit.ResultBuffer.Batching;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResultBufferTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long FOR_LONG = 600_000;

    private final ResultBuffer buffer = new ResultBuffer(100, new Batching(10, FOR_LONG, 5), Ticker.system());
    private final BlockingQueue<List<Finished>> taken = new LinkedBlockingQueue<>();
    private final List<Thread> writers = IntStream.range(0, 2)
            .mapToObj(_ -> Thread.ofVirtual().start(this::take))
            .toList();

    @AfterEach
    void close() throws InterruptedException {
        buffer.close();
        for (Thread writer : writers) {
            assertThat(writer.join(LIMIT)).isTrue();
        }
    }

    @Test
    void oneThatPressesTakesThoseThatWaitAlong() {
        buffer.offer(finished(1), false);
        buffer.offer(finished(2), false);
        await().during(Duration.ofMillis(50)).atMost(LIMIT).until(taken::isEmpty);
        buffer.offer(finished(3), true);
        await().atMost(LIMIT).until(() -> taken.size() == 1);
        assertThat(taken.remove()).hasSize(3);
    }

    @Test
    void afterThemOthersWaitAgain() {
        buffer.offer(finished(1), true);
        await().atMost(LIMIT).until(() -> taken.size() == 1);
        buffer.offer(finished(2), false);
        await().during(Duration.ofMillis(50)).atMost(LIMIT).until(() -> taken.size() == 1);
    }

    @Test
    void aBatchThatIsFullWaitsForNobody() {
        IntStream.range(0, 20).forEach(slot -> buffer.offer(finished(slot), false));
        await().atMost(LIMIT).until(() -> taken.stream().mapToInt(List::size).sum() == 20);
    }

    @Test
    void noWriterEndsSinceAnotherWasFaster() {
        for (int slot = 1; slot <= 20; slot++) {
            int number = slot;
            buffer.offer(finished(slot), true);
            await().atMost(LIMIT).until(() -> taken.size() == number);
        }
        assertThat(writers).allMatch(Thread::isAlive);
    }

    private void take() {
        try {
            for (List<Finished> batch = buffer.take(); !batch.isEmpty(); batch = buffer.take()) {
                taken.add(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Finished finished(int slot) {
        Job job = new Job(1, slot, 1, 1, JobKind.GRID);
        return new Finished(new Delivery(0, "0-" + slot, job, 1), CheckResult.unknown(job, Reason.LATE, 0, null), null);
    }
}
