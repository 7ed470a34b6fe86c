package io.healthchecker.worker.heartbeat;

import io.healthchecker.core.assertion.Excerpt;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.heartbeat.Heartbeat;
import io.healthchecker.core.heartbeat.HeartbeatTable;
import io.healthchecker.core.heartbeat.Rhythm;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.intake.CheckStarter;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The check of one heartbeat: what it reported is read, and judged as of the slot. */
final class HeartbeatCheck implements CheckStarter {
    private final long serviceId;
    private final Rhythm rhythm;
    private final HeartbeatTable heartbeats;
    private final Executor readers;
    private final Ticker ticker;

    HeartbeatCheck(long serviceId, Rhythm rhythm, HeartbeatTable heartbeats, Executor readers, Ticker ticker) {
        this.serviceId = serviceId;
        this.rhythm = rhythm;
        this.heartbeats = heartbeats;
        this.readers = readers;
        this.ticker = ticker;
    }

    @Override
    public CompletionStage<CheckResult> start(Job job) {
        return CompletableFuture.supplyAsync(() -> judge(job), readers);
    }

    private CheckResult judge(Job job) {
        Heartbeat heartbeat = heartbeats.find(List.of(serviceId)).getOrDefault(serviceId, Heartbeat.silent(serviceId));
        heartbeats.look(serviceId, heartbeat.deadlineMillis(rhythm), job.slot());
        return judge(job, heartbeat, rhythm, ticker.epochMillis());
    }

    /** The result of a job: what was so at its slot, however late it is looked at, since its slot dates it. */
    static CheckResult judge(Job job, Heartbeat heartbeat, Rhythm rhythm, long now) {
        int lateness = Math.clamp(now - job.slot(), 0, Integer.MAX_VALUE);
        return switch (heartbeat.at(job.slot(), rhythm)) {
            case AWAITED -> CheckResult.unknown(job, Reason.HEARTBEAT_AWAITED, lateness, null);
            case ON_TIME -> result(job, Outcome.UP, Reason.OK, lateness, null);
            case LATE -> result(job, Outcome.UP, Reason.HEARTBEAT_LATE, lateness, null);
            case FAILED -> result(job, Outcome.DOWN, Reason.HEARTBEAT_FAILED, lateness, failure(heartbeat));
            case MISSED -> result(job, Outcome.DOWN, Reason.HEARTBEAT_MISSED, lateness, silence(heartbeat, rhythm));
        };
    }

    private static CheckResult result(Job job, Outcome outcome, Reason reason, int lateness, @Nullable String detail) {
        return new CheckResult(job, outcome, reason, lateness, 0, PhaseTimes.EMPTY, 0, false, detail);
    }

    private static String failure(Heartbeat heartbeat) {
        String said = heartbeat.exitStatus() == null
                ? "it reported a failure at %s".formatted(instant(heartbeat.pingMillis()))
                : "it reported exit status %d at %s".formatted(heartbeat.exitStatus(), instant(heartbeat.pingMillis()));
        return heartbeat.excerpt() == null ? said : said + ": " + Excerpt.of(heartbeat.excerpt());
    }

    private static String silence(Heartbeat heartbeat, Rhythm rhythm) {
        String last = heartbeat.startMillis() != null
                ? "the run that began at %s has not ended".formatted(instant(heartbeat.startMillis()))
                : "the last ping came at %s".formatted(instant(heartbeat.pingMillis()));
        return "%s; the next was due at %s, with %d s of grace"
                .formatted(last, instant(heartbeat.dueMillis(rhythm)), rhythm.graceMillis() / 1_000);
    }

    private static Instant instant(@Nullable Long epochMillis) {
        return Instant.ofEpochSecond(Objects.requireNonNullElse(epochMillis, 0L) / 1_000);
    }
}
