package io.healthchecker.operator.status;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.verdict.State;
import io.healthchecker.operator.status.Acceptance.Accepted;
import io.healthchecker.operator.status.Acceptance.Refused;
import io.healthchecker.operator.status.Acceptance.Waiting;
import io.healthchecker.operator.status.StatusSettings.Reporting;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** What tests of the status begin with. */
final class Given {
    static final ResourceKey KEY = new ResourceKey("shop", "checkout", "uid-1");
    static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    static final Acceptance ACCEPTED = new Accepted(4711);
    static final Acceptance MISSING_SECRET = new Waiting(
            StatusReason.SECRET_NOT_FOUND, "Secret checkout-probe does not exist; create it in this namespace", null);
    static final Acceptance INVALID = new Refused(
            StatusReason.INVALID_DEFINITION, "timeoutSeconds is 90; it must be below periodSeconds (60)", null);
    static final SeenState NEW = new SeenState(State.UNKNOWN, Reason.NO_RESULT_YET, ago(1));

    private Given() {}

    static StatusSettings settings() {
        return settings(Reporting.TRANSITIONS);
    }

    static StatusSettings settings(Reporting reporting) {
        return new StatusSettings(
                reporting,
                Duration.ofSeconds(10),
                20,
                60,
                Duration.ofMillis(250),
                Duration.ofHours(1),
                URI.create("https://health.example.com"));
    }

    static Subject subject(long generation, Acceptance acceptance) {
        return new Subject(KEY, generation, acceptance, Handled.NOTHING, "https://shop.example.com/health", null);
    }

    static SeenState seen(State state, Reason reason, long secondsAgo) {
        return new SeenState(state, reason, ago(secondsAgo));
    }

    static Instant ago(long seconds) {
        return NOW.minusSeconds(seconds);
    }
}
