package io.healthchecker.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaysTest {
    /** Now, a zone, and when its last three days began, with their minutes. */
    @ParameterizedTest(name = "{1} at {0}")
    @CsvSource(delimiter = '|', textBlock = """
        2026-03-30T10:30:00Z | Europe/Paris        | 2026-03-27T23:00:00Z 1440, 2026-03-28T23:00:00Z 1380, 2026-03-29T22:00:00Z 750
        2026-10-26T23:00:00Z | Europe/Paris        | 2026-10-24T22:00:00Z 1500, 2026-10-25T23:00:00Z 1440, 2026-10-26T23:00:00Z 0
        2026-03-29T18:29:00Z | Asia/Kolkata        | 2026-03-26T18:30:00Z 1440, 2026-03-27T18:30:00Z 1440, 2026-03-28T18:30:00Z 1439
        2026-03-29T12:00:00Z | UTC                 | 2026-03-27T00:00:00Z 1440, 2026-03-28T00:00:00Z 1440, 2026-03-29T00:00:00Z 720
        2026-04-06T00:00:00Z | Australia/Lord_Howe | 2026-04-03T13:00:00Z 1440, 2026-04-04T13:00:00Z 1470, 2026-04-05T13:30:00Z 630
        2026-09-07T12:00:00Z | America/Santiago    | 2026-09-05T04:00:00Z 1440, 2026-09-06T04:00:00Z 1380, 2026-09-07T03:00:00Z 540
        """)
    void beginAtTheirMidnightOrWhereThereIsNone(Instant now, String zone, String expected) {
        List<Window> days = Days.upTo(now, ZoneId.of(zone), 3);

        assertThat(days.stream()
                        .map(day -> "%s %d".formatted(Instant.ofEpochMilli(day.fromMillis()), day.millis() / 60_000))
                        .collect(Collectors.joining(", ")))
                .isEqualTo(expected);
    }
}
