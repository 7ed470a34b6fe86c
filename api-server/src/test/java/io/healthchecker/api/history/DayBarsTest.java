package io.healthchecker.api.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.api.testing.Facts;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Bars of calendar days, on both sides of a change of the clocks. */
class DayBarsTest {
    private static final int DAYS = 90;
    private static final String TURN = """
            INSERT INTO transition (service_id, seq, team_id, from_state, to_state, slot, reason, event_id, at)
            VALUES (:id, :seq, :team, :from, :to, 0, 0, 0, :at)
            """;

    private final Api api = Api.shared();
    private final JdbcClient jdbc = api.sql();
    private final Person person = api.somebody();
    private final long service = new Facts(api.bean(DataSource.class)).service(person.teamId(), "shop");

    @ParameterizedTest(name = "{1}, {2} at {0}")
    @CsvSource(delimiter = '|', textBlock = """
        2026-04-10T09:00:00Z | Europe/Paris | 2026-03-29 | 23
        2026-11-01T09:00:00Z | Europe/Paris | 2026-10-25 | 25
        2026-04-10T09:00:00Z | Asia/Kolkata | 2026-03-29 | 24
        2026-11-01T20:00:00Z | UTC          | 2026-10-25 | 24
        """)
    void aDayIsThatOfTheZone(Instant now, String zone, LocalDate day, int hours) {
        ZoneId in = ZoneId.of(zone);
        Instant begin = day.atStartOfDay(in).toInstant();
        Instant end = day.plusDays(1).atStartOfDay(in).toInstant();
        jdbc.sql("UPDATE service SET created_at = :at WHERE id = :id")
                .param("id", service)
                .param("at", OffsetDateTime.parse("2025-01-01T00:00:00Z"))
                .update();
        jdbc.sql("UPDATE service_state SET state = 1, known = 1 WHERE service_id = :id")
                .param("id", service)
                .update();
        // down within the first and within the last minute of the day, and on no other
        turn(1, begin.plusSeconds(10), 1, 3);
        turn(2, begin.plusSeconds(50), 3, 1);
        turn(3, end.minusSeconds(50), 1, 3);
        turn(4, end.minusSeconds(10), 3, 1);

        BarsView bars = new Bars(jdbc, at(now)).ofDays(person.teamId(), List.of(service), in, DAYS);

        List<LocalDate> days = now.atZone(in)
                .toLocalDate()
                .minusDays(DAYS - 1)
                .datesUntil(now.atZone(in).toLocalDate().plusDays(1))
                .toList();
        List<Instant> starts =
                days.stream().map(each -> each.atStartOfDay(in).toInstant()).toList();
        assertThat(bars.starts()).isEqualTo(starts);
        assertThat(bars.to()).isEqualTo(now);
        String letters = "U".repeat(days.indexOf(day)) + "D" + "U".repeat(DAYS - 1 - days.indexOf(day));
        assertThat(bars.bars()).containsEntry(Long.toString(service), letters);
        assertThat(Duration.between(begin, end)).hasHours(hours);
    }

    private void turn(int seq, Instant at, int from, int to) {
        jdbc.sql(TURN)
                .param("id", service)
                .param("team", person.teamId())
                .param("seq", seq)
                .param("from", from)
                .param("to", to)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Ticker at(Instant now) {
        return new Ticker() {
            @Override
            public long epochMillis() {
                return now.toEpochMilli();
            }

            @Override
            public long nanoTime() {
                return now.toEpochMilli() * 1_000_000;
            }
        };
    }

    @Test
    void whatIsNoZoneAndWhatHasNoDaysIsRefusedByName() {
        String bars = "/api/v1/services/bars?ids=%d&".formatted(service);

        assertThat(person.caller()
                        .get(bars + "range=90d&zone=Europe/Paris")
                        .json()
                        .get("starts"))
                .hasSize(90);
        assertThat(person.caller().get(bars + "range=7d").json().has("starts")).isFalse();
        assertThat(person.caller().get(bars + "range=7d&zone=Mars/Olympus").fields())
                .containsExactly("zone");
        assertThat(person.caller().get(bars + "range=24h&zone=UTC").fields()).containsExactly("range");
    }
}
