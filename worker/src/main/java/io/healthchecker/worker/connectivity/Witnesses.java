package io.healthchecker.worker.connectivity;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Targets that a worker should always reach, asked all at once and at most once a second. For any thread. */
public final class Witnesses {
    /** From one question to the next where nobody else asks. */
    public static final Duration EVERY = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Witnesses.class);
    private static final Set<Reason> OF_THE_WAY = EnumSet.of(
            Reason.CONNECT_REFUSED,
            Reason.CONNECT_UNREACHABLE,
            Reason.CONNECT_FAILED,
            Reason.CONNECTION_CLOSED,
            Reason.CONNECTION_RESET,
            Reason.TIMEOUT_DNS,
            Reason.TIMEOUT_CONNECT,
            Reason.TIMEOUT_TLS,
            Reason.TIMEOUT_RESPONSE,
            Reason.TIMEOUT_TRANSFER);
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final List<Definition> targets;
    private final Function<Definition, CompletionStage<CheckResult>> probe;
    private final Ticker ticker;
    private @Nullable CompletableFuture<Boolean> asking;
    private long askedNanos;
    private volatile @Nullable Long cutOffMillis;

    public Witnesses(
            ConnectivitySettings settings, Function<Definition, CompletionStage<CheckResult>> probe, Ticker ticker) {
        this.targets = settings.definitions();
        this.probe = probe;
        this.ticker = ticker;
    }

    /** Whether there are any. */
    public boolean areThere() {
        return !targets.isEmpty();
    }

    /** Since when none of them has answered, epoch milliseconds; null while one does. */
    public @Nullable Long cutOffMillis() {
        return cutOffMillis;
    }

    /** Whether one of them answers now, or did within the last second; true where there are none. */
    public synchronized CompletableFuture<Boolean> reachable() {
        if (targets.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        long now = ticker.nanoTime();
        if (asking == null || (asking.isDone() && now - askedNanos > FRESH_NANOS)) {
            askedNanos = now;
            asking = ask();
        }
        return asking;
    }

    private CompletableFuture<Boolean> ask() {
        List<CompletableFuture<Boolean>> answers = targets.stream()
                .map(target -> probe.apply(target)
                        .thenApply(Witnesses::isReached)
                        .exceptionally(_ -> false)
                        .toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(_ -> {
                    boolean reached = answers.stream().anyMatch(CompletableFuture::join);
                    note(reached);
                    return reached;
                });
    }

    private void note(boolean reached) {
        if (reached && cutOffMillis != null) {
            cutOffMillis = null;
            LOG.info("witnesses are reached again");
        } else if (!reached && cutOffMillis == null) {
            cutOffMillis = ticker.epochMillis();
            LOG.warn("no witness is reached witnesses={}", targets.size());
        }
    }

    // whatever it says: somebody out there answered
    private static boolean isReached(CheckResult result) {
        return result.outcome() == Outcome.UP
                || result.outcome() == Outcome.DEGRADED
                || (result.outcome() == Outcome.DOWN && !isOfTheWay(result.reason()));
    }

    /** Whether a reason can be that of a network which is cut, rather than of a target. */
    static boolean isOfTheWay(Reason reason) {
        return OF_THE_WAY.contains(reason) || reason.name().startsWith("DNS_");
    }
}
