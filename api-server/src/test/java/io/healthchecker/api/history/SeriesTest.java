package io.healthchecker.api.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.api.testing.Facts;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.time.Ticker;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SeriesTest {
    private static final long HOUR = 3_600_000;

    private final Api api = Api.shared();
    private final Facts facts = new Facts(api.bean(DataSource.class));
    private final Person person = api.somebody();
    private final long service = facts.service(person.teamId(), "shop");
    private final long hour = Ticker.system().epochMillis() / HOUR * HOUR;

    @Test
    void everyBucketIsThereAndWhatIsMissingIsNull() {
        facts.backdate(service, 3 * HOUR); // an hour may be over since the test began
        result(hour - HOUR, Outcome.UP);
        result(hour - HOUR + 60_000, Outcome.DOWN);
        result(hour - HOUR + 600_000, Outcome.UNKNOWN);

        JsonNode series = series("from=%s&to=%s&points=61".formatted(at(hour - HOUR), at(hour)));

        assertThat(series.get("stepSeconds").asInt()).isEqualTo(60);
        assertThat(series.get("resolution").asString()).isEqualTo("results");
        assertThat(series.get("t")).hasSize(60);
        assertThat(series.properties())
                .filteredOn(column -> column.getValue().isArray())
                .allSatisfy(column -> assertThat(column.getValue()).hasSize(60));
        assertThat(series.at("/t/0").asLong()).isEqualTo((hour - HOUR) / 1_000);
        assertThat(series.at("/p50/0").asDouble()).isEqualTo(41.25);
        assertThat(series.at("/connect/0").asDouble()).isEqualTo(0.9);
        assertThat(series.at("/tls/0").isNull()).isTrue();
        assertThat(series.at("/down/1").asInt()).isEqualTo(1);
        assertThat(series.at("/p95/1").isNull()).isTrue();
        assertThat(series.at("/unknown/10").asInt()).isEqualTo(1);
        assertThat(series.at("/count/5").asInt()).isZero();
        assertThat(series.at("/p95/5").isNull()).isTrue();
    }

    @Test
    void thereAreNeverMorePointsThanWantedAndStepsAreRound() {
        for (int points : new int[] {2, 7, 100, 720}) {
            JsonNode series = series("from=%s&to=%s&points=%d".formatted(at(hour - 30 * 24 * HOUR), at(hour), points));
            assertThat(series.get("t").size()).isBetween(1, points);
            assertThat(series.get("stepSeconds").asInt() % 60).isZero();
        }
        assertThat(person.caller().get(path("points=721")).fields()).containsExactly("points");
        assertThat(person.caller().get(path("from=2000-01-01T00:00:00Z")).fields())
                .containsExactly("from");
        assertThat(person.caller().get(path("location=nowhere")).fields()).containsExactly("location");
    }

    @Test
    void theUsualUptimesStandSideBySideAndTheIndexHasOne() {
        facts.backdate(service, 3 * HOUR); // an hour may be over since the test began
        for (long slot = hour - HOUR; slot < hour; slot += 60_000) {
            result(slot, slot < hour - HOUR / 2 ? Outcome.UP : Outcome.DOWN);
        }
        api.sql().sql("""
                        INSERT INTO service_hour (service_id, location_id, hour, up_ms, down_ms, unknown_ms, suspended_ms,
                                                  checks, failed, untold, p95_us, latency)
                        VALUES (:id, 1, :hour, 1800000, 1800000, 0, 0, 60, 30, 0, 41250, '')
                        """).param("id", service).param("hour", hour / HOUR - 1).update();

        JsonNode uptimes = person.caller()
                .get("/api/v1/services/%d/uptimes".formatted(service))
                .json();

        assertThat(uptimes.propertyNames()).containsExactly("24h", "7d", "30d", "90d");
        assertThat(uptimes.at("/24h/downSeconds").asDouble()).isBetween(1_800.0, 1_950.0);
        assertThat(uptimes.at("/24h/upSeconds").asDouble()).isEqualTo(1_800);
        assertThat(uptimes.at("/90d/upSeconds").asDouble()).isEqualTo(1_800);
        JsonNode index = person.caller().get("/api/v1/services/index").json();
        assertThat(index.at("/columns/up24/0").asDouble()).isEqualTo(50);
        assertThat(index.at("/columns/cov24/0").asDouble()).isEqualTo(100);
        assertThat(index.at("/columns/p95/0").asDouble()).isEqualTo(41.3);
    }

    private void result(long slot, Outcome outcome) {
        Reason reason = outcome == Outcome.DOWN ? Reason.CONNECT_REFUSED : Reason.OK;
        facts.result(new Job(service, slot, 1, 1, JobKind.GRID), outcome, reason, null);
    }

    private JsonNode series(String query) {
        return person.caller().get(path(query)).json();
    }

    private String path(String query) {
        return "/api/v1/services/%d/series?%s".formatted(service, query);
    }

    private static Instant at(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis);
    }
}
