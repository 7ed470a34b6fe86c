package io.healthchecker.worker.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.check.Trial;
import io.healthchecker.core.check.Trial.Answer;
import io.healthchecker.core.check.TrialStream;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.testing.TestRedis;
import io.healthchecker.worker.Installation;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrialsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Ticker ticker = Ticker.system();
    private final RedisClient client = RedisClient.create(TestRedis.freshDatabase());
    private final TrialStream asking = new TrialStream(client);
    private final Trials trials = new Trials(
            new TrialStream(client),
            definition -> job -> {
                if (definition.periodSeconds() == 7) {
                    throw new IllegalStateException("broken");
                }
                return CompletableFuture.completedStage(new CheckResult(
                        job, Outcome.DOWN, Reason.TLS_EXPIRED, 0, 42_000, PhaseTimes.EMPTY, 0, false, "on 1 May"));
            },
            1,
            ticker);

    @AfterEach
    void close() {
        trials.stop();
        client.shutdown();
    }

    @Test
    void aTrialIsAnswered() {
        Thread.ofVirtual().start(trials);
        asking.ask(new Trial("a", 1, Installation.definition(60, 2, 1, false), ticker.epochMillis() + 60_000));
        assertThat(asking.answer("a", LIMIT))
                .contains(new Answer(
                        Outcome.DOWN, Reason.TLS_EXPIRED, 42_000, PhaseTimes.EMPTY, 0, "on 1 May", List.of()));
    }

    @Test
    void aTrialThatFailsInTheWorkerIsAnsweredToo() {
        Thread.ofVirtual().start(trials);
        asking.ask(new Trial("a", 1, Installation.definition(7, 2, 1, false), ticker.epochMillis() + 60_000));
        assertThat(asking.answer("a", LIMIT))
                .hasValueSatisfying(answer -> assertThat(answer.reason()).isEqualTo(Reason.WORKER_FAULT));
    }

    @Test
    void aTrialThatNobodyWaitsForAnyMoreIsNotMade() {
        asking.ask(new Trial("late", 1, Installation.definition(60, 2, 1, false), ticker.epochMillis() - 1));
        asking.ask(new Trial("next", 1, Installation.definition(60, 2, 1, false), ticker.epochMillis() + 60_000));
        Thread.ofVirtual().start(trials);
        assertThat(asking.answer("next", LIMIT)).isPresent();
        assertThat(asking.answer("late", Duration.ofMillis(100))).isEmpty();
    }
}
