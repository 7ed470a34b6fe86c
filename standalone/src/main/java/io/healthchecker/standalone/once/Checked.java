package io.healthchecker.standalone.once;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.check.Examined;
import io.healthchecker.worker.check.ProbeSettings;
import io.healthchecker.worker.check.Probers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** What was wanted, and what became of it. */
public record Checked(Wanted wanted, Examined examined) {
    private static final int AT_ONCE = 64;

    /** Checks everything, many at a time; the answers stand in the order of the questions. */
    public static List<Checked> all(List<Wanted> wanted) {
        var permits = new Semaphore(AT_ONCE);
        try (var probers = Probers.open(ProbeSettings.of(EgressPreset.STANDALONE), List.of(), Ticker.system())) {
            List<CompletableFuture<Checked>> running = wanted.stream()
                    .map(each -> {
                        permits.acquireUninterruptibly();
                        return probers.examine(each.definition())
                                .thenApply(examined -> new Checked(each, examined))
                                .whenComplete((_, _) -> permits.release())
                                .toCompletableFuture();
                    })
                    .toList();
            return running.stream().map(CompletableFuture::join).toList();
        }
    }

    public CheckResult result() {
        return examined.result();
    }

    /** Whether the target does what it should, if slowly. */
    public boolean isUp() {
        return result().outcome() == Outcome.UP || result().outcome() == Outcome.DEGRADED;
    }

    /** Why, in words; where all is well what was learned, which may be nothing. */
    public String why() {
        CheckResult result = result();
        String detail = result.detail();
        if (result.outcome() == Outcome.UP) {
            return detail == null ? "" : detail;
        }
        return "%s: %s"
                .formatted(result.reason(), detail == null ? result.reason().explanation() : detail);
    }
}
