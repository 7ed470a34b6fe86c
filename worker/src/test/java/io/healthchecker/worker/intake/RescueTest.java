package io.healthchecker.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.job.Delivery;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobInboxStream;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.job.JobStream;
import io.healthchecker.testing.TestRedis;
import io.healthchecker.worker.HandClock;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RescueTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final RedisClient client = RedisClient.create(TestRedis.freshDatabase());
    private final HandClock clock = new HandClock();
    private Set<String> living = Set.of("one", "two");
    private final Rescue one = rescue("one");
    private final Rescue two = rescue("two");

    @AfterEach
    void close() {
        client.shutdown();
    }

    @Test
    void aDeadWorkersJobsAreTakenOverOnce() {
        List<Job> jobs = leftBy("dead");
        List<Delivery> rescued = new ArrayList<>();
        await().atMost(LIMIT).until(() -> {
            clock.advance(Duration.ofSeconds(5));
            rescued.addAll(one.round(30));
            rescued.addAll(two.round(30));
            return rescued.size() >= jobs.size();
        });
        clock.advance(Duration.ofSeconds(5));
        assertThat(one.round(1_000)).isEmpty();
        assertThat(two.round(1_000)).isEmpty();
        assertThat(rescued).extracting(Delivery::job).containsExactlyInAnyOrderElementsOf(jobs);
        assertThat(rescued).allMatch(delivery -> delivery.deliveries() == 2);
    }

    @Test
    void nobodyIsRobbedWhileItCannotBeToldWhoLives() {
        leftBy("dead");
        living = null;
        JobInboxStream look = new JobInboxStream(client, () -> "look");
        await().atMost(LIMIT).until(() -> look.takeOver("dead", 4_000, 1).size() == 1); // so long idle
        clock.advance(Duration.ofSeconds(5));
        assertThat(one.round(1_000)).isEmpty();
    }

    @Test
    void theLivingAreNotRobbed() {
        leftBy("two");
        JobInboxStream look = new JobInboxStream(client, () -> "look");
        await().atMost(LIMIT).until(() -> look.takeOver("two", 4_000, 1).size() == 1);
        living = Set.of("one", "two", "look");
        clock.advance(Duration.ofSeconds(5));
        assertThat(one.round(1_000)).isEmpty();
    }

    private List<Job> leftBy(String name) {
        List<Job> jobs = LongStream.range(0, 50)
                .mapToObj(id -> new Job(id, 1_000, 1, 1, JobKind.GRID))
                .toList();
        JobInboxStream inbox = new JobInboxStream(client, () -> name);
        inbox.read(1);
        JobStream stream = new JobStream(client);
        jobs.forEach(job -> stream.append(job).join());
        assertThat(inbox.read(1_000)).hasSize(50);
        return jobs;
    }

    private Rescue rescue(String name) {
        return new Rescue(new JobInboxStream(client, () -> name), () -> living, clock);
    }
}
