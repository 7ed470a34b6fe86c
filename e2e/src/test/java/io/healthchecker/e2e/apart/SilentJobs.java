package io.healthchecker.e2e.apart;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.testing.ApiClient;
import io.healthchecker.testing.Invariants;

/** Two jobs that report by themselves: one does so once and never again, the other never does. */
final class SilentJobs {
    private static final int PERIOD_SECONDS = 20;
    private static final int GRACE_SECONDS = 5;
    private static final int LATEST_SECONDS =
            2 * PERIOD_SECONDS; // members are killed meanwhile: one slot may be in a gap

    private final long once;
    private final long never;
    private final long pingedFrom;
    private final long pingedTo;

    private SilentJobs(ApiClient api) {
        this.once = create(api, "reports once");
        this.never = create(api, "never reports");
        String address = api.get("/api/v1/services/%d/heartbeat/address".formatted(once))
                .body()
                .path("path")
                .asString();
        this.pingedFrom = System.currentTimeMillis();
        assertThat(api.get(address).status()).isEqualTo(200);
        this.pingedTo = System.currentTimeMillis();
    }

    static SilentJobs begin(ApiClient api) {
        return new SilentJobs(api);
    }

    private static long create(ApiClient api, String name) {
        ApiClient.Answer made = api.post(
                "/api/v1/services",
                "{\"name\":\"%s\",\"heartbeat\":{\"graceSeconds\":%d},\"periodSeconds\":%d}"
                        .formatted(name, GRACE_SECONDS, PERIOD_SECONDS));
        assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
        return made.body().path("id").asLong();
    }

    /** Whoever was killed meanwhile: the silence was told once, dated by its deadline, and of the other nothing is known. */
    void areToldOf(Invariants invariants) {
        assertThat(invariants.ask("SELECT to_state FROM transition WHERE service_id = ? ORDER BY seq", once))
                .as("up, then down, and nothing else")
                .containsExactly("1", "3");
        long down = invariants.number("SELECT slot FROM transition WHERE service_id = ? AND seq = 2", once);
        long silence = 1_000L * (PERIOD_SECONDS + GRACE_SECONDS);
        assertThat(down).isBetween(pingedFrom + silence, pingedTo + silence + 1_000L * LATEST_SECONDS);
        assertThat(invariants.ask("SELECT to_state FROM transition WHERE service_id = ?", never))
                .isEmpty();
        assertThat(invariants.number("SELECT count(*) FROM check_result WHERE service_id = ? AND outcome <> 4", never))
                .isZero();
    }
}
