package io.healthchecker.operator.status;

import io.healthchecker.crds.Condition;
import io.healthchecker.crds.ServiceStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions in the making: the time of one moves only when its status flips. */
final class Conditions {
    private static final int MAX_MESSAGE = 4_096;

    private final @Nullable ServiceStatus current;
    private final List<Condition> made = new ArrayList<>();

    /** @param current the status that they replace */
    Conditions(@Nullable ServiceStatus current) {
        this.current = current;
    }

    /** Adds a condition; {@code at} counts if its status is another than in the current status. */
    Conditions add(ConditionType type, String status, String reason, String message, Instant at) {
        Condition before = type.in(current);
        String since = before == null || !status.equals(before.status()) ? null : before.lastTransitionTime();
        made.add(new Condition(
                type.word(),
                status,
                null,
                since == null ? time(at) : since,
                reason,
                message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…"));
        return this;
    }

    List<Condition> list() {
        return List.copyOf(made);
    }

    /** As Kubernetes writes times. */
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
