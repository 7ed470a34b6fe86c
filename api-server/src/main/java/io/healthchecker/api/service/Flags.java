package io.healthchecker.api.service;

import io.healthchecker.api.find.ServiceSql;
import io.healthchecker.api.service.ServiceView.Flag;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.verdict.LocationVerdict;
import io.healthchecker.core.verdict.ServiceState;
import io.healthchecker.core.verdict.ServiceVerdict;
import io.healthchecker.core.verdict.State;
import io.healthchecker.core.verdict.Thresholds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be known of a service beside its state. */
final class Flags {
    private Flags() {}

    static List<Flag> of(
            Service service,
            ServiceState state,
            @Nullable ServiceVerdict verdict,
            @Nullable CheckResult latest,
            long nowMillis) {
        List<Flag> flags = new ArrayList<>();
        int failures = verdict == null ? 0 : failures(verdict);
        if (failures > 0) {
            flags.add(new Flag(
                    "failing",
                    "failing %d of %d"
                            .formatted(
                                    failures,
                                    Thresholds.of(service.definition()).failures())));
        }
        if (state.state() != State.SUSPENDED) {
            long last = latest == null
                    ? service.createdAt().toEpochMilli()
                    : latest.job().slot();
            long age = nowMillis - last;
            if (age > ServiceSql.LATE_PERIODS * service.definition().periodMillis()) {
                flags.add(new Flag("late", "no result for %d s".formatted(age / 1_000)));
            }
        }
        return flags;
    }

    private static int failures(ServiceVerdict verdict) {
        return verdict.locations().values().stream()
                .filter(location -> location.leansAway() && location.leaning() == Outcome.DOWN)
                .mapToInt(LocationVerdict::streak)
                .max()
                .orElse(0);
    }
}
