package io.healthchecker.standalone.once;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.standalone.StartFailure;
import io.healthchecker.worker.check.Examined;
import io.healthchecker.worker.check.ProbeSettings;
import io.healthchecker.worker.check.Probers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What was wanted, and what became of it. */
public record Checked(Wanted wanted, Examined examined) {
    private static final int AT_ONCE = 64;

    /** Checks everything, many at a time; the answers stand in the order of the questions. */
    public static List<Checked> all(List<Wanted> wanted) {
        return all(wanted, null, Probers::examine);
    }

    /**
     * The same.
     *
     * @param trusted PEM file of authorities to trust beside those of the JDK, null for none
     * @param lines called by many threads with every word that is said to targets and heard from them, but secrets; null
     *     where nobody listens
     * @throws StartFailure if the file cannot be read
     */
    public static List<Checked> all(List<Wanted> wanted, @Nullable Path trusted, @Nullable Consumer<String> lines) {
        return all(
                wanted,
                trusted,
                lines == null ? Probers::examine : (probers, definition) -> probers.examine(definition, lines));
    }

    private static List<Checked> all(
            List<Wanted> wanted,
            @Nullable Path trusted,
            BiFunction<Probers, Definition, CompletionStage<Examined>> examine) {
        var permits = new Semaphore(AT_ONCE);
        try (var probers = open(trusted)) {
            List<CompletableFuture<Checked>> running = wanted.stream()
                    .map(each -> {
                        permits.acquireUninterruptibly();
                        return examine.apply(probers, each.definition())
                                .thenApply(examined -> new Checked(each, examined))
                                .whenComplete((_, _) -> permits.release())
                                .toCompletableFuture();
                    })
                    .toList();
            return running.stream().map(CompletableFuture::join).toList();
        }
    }

    private static Probers open(@Nullable Path trusted) {
        try {
            ProbeSettings settings = ProbeSettings.of(EgressPreset.STANDALONE).trusting(trusted);
            return Probers.open(settings, List.of(), Ticker.system());
        } catch (IllegalArgumentException unreadable) {
            throw new StartFailure(String.valueOf(unreadable.getMessage()), unreadable);
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
