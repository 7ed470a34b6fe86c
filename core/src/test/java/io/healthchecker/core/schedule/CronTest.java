package io.healthchecker.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTest {
    @ParameterizedTest(name = "{0} after {1}")
    @CsvSource(delimiter = '|', textBlock = """
            30 2 * * *       | 2026-06-01T02:29:59Z[UTC]                  | 2026-06-01T02:30Z[UTC]
            30 2 * * *       | 2026-06-01T02:30:00Z[UTC]                  | 2026-06-02T02:30Z[UTC]
            */15 * * * *     | 2026-06-01T12:50:00Z[UTC]                  | 2026-06-01T13:00Z[UTC]
            5-59/20 9-17 * * MON-FRI | 2026-06-05T17:45:00Z[UTC]          | 2026-06-08T09:05Z[UTC]
            0 0 1,15 * *     | 2026-06-02T00:00:00Z[UTC]                  | 2026-06-15T00:00Z[UTC]
            0 0 13 * FRI     | 2026-06-01T00:00:00Z[UTC]                  | 2026-06-05T00:00Z[UTC]
            0 0 * * 7        | 2026-06-01T00:00:00Z[UTC]                  | 2026-06-07T00:00Z[UTC]
            0 0 29 2 *       | 2026-06-01T00:00:00Z[UTC]                  | 2028-02-29T00:00Z[UTC]
            0 12 * jan,DEC * | 2026-06-01T00:00:00Z[UTC]                  | 2026-12-01T12:00Z[UTC]
            30 2 * * *       | 2026-03-28T12:00:00+01:00[Europe/Berlin]   | 2026-03-29T03:30+02:00[Europe/Berlin]
            30 2 * * *       | 2026-10-24T12:00:00+02:00[Europe/Berlin]   | 2026-10-25T02:30+02:00[Europe/Berlin]
            30 2 * * *       | 2026-10-25T02:30:00+02:00[Europe/Berlin]   | 2026-10-26T02:30+01:00[Europe/Berlin]
            """)
    void comesNext(String cron, ZonedDateTime after, ZonedDateTime next) {
        assertThat(Cron.parse(cron).after(after)).contains(next);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            * * * *       | it has 4 fields; it must have 5
            60 * * * *    | its minute is 60; it must be 0 to 59
            * * 0 * *     | its day of month is 0; it must be 1 to 31
            * * * FOO *   | its month "FOO" cannot be read
            5-3 * * * *   | its minute "5-3" cannot be read
            */0 * * * *   | its minute is 0; it must be 1 to 59
            0 0 31 2 *    | there is no such day
            """)
    void whatCannotBeIsRefused(String cron, String message) {
        assertThatThrownBy(() -> Cron.parse(cron)).hasMessage(message);
    }
}
