package io.healthchecker.core.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.heartbeat.Heartbeat.Ping;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeartbeatTest {
    private static final Rhythm RHYTHM = new Rhythm(30_000, 10_000, null, ZoneId.of("UTC"));

    /** What was said and when, in seconds: s success, f failure, b a run that begins, r the service is resumed. */
    @ParameterizedTest(name = "{0} at {1} s is {2}")
    @CsvSource(delimiter = '|', textBlock = """
            r0           | 9999 | AWAITED
            r0 s5        | 5    | ON_TIME
            r0 s5        | 34   | ON_TIME
            r0 s5        | 35   | LATE
            r0 s5        | 44   | LATE
            r0 s5        | 45   | MISSED
            r0 s5 s44    | 50   | ON_TIME
            r0 s5 s46    | 50   | ON_TIME
            r0 s5 f10    | 11   | FAILED
            r0 s5 f10    | 60   | FAILED
            r0 s5 f10 s61 | 62  | ON_TIME
            r0 b5        | 30   | AWAITED
            r0 b5        | 45   | MISSED
            r0 s5 b34    | 46   | MISSED
            r0 s5 b40    | 49   | LATE
            r0 s5 b40    | 50   | MISSED
            r0 s5 b40 s49 | 79  | LATE
            r0 s5 r100   | 101  | AWAITED
            r0 s5 r100   | 140  | MISSED
            r0 f5 r100   | 101  | AWAITED
            r0 f5 r100 s101 | 102 | ON_TIME
            """)
    void standsByWhatItSaidLast(String said, long now, Standing standing) {
        assertThat(after(said).at(now * 1_000, RHYTHM)).isEqualTo(standing);
    }

    private static Heartbeat after(String said) {
        Heartbeat heartbeat = Heartbeat.silent(1);
        for (String word : said.split(" ")) {
            long at = Long.parseLong(word.substring(1)) * 1_000;
            heartbeat = switch (word.charAt(0)) {
                case 's' -> heartbeat.after(new Ping(Signal.SUCCESS, null, 0, null), at);
                case 'f' -> heartbeat.after(new Ping(Signal.FAILURE, null, 1, null), at);
                case 'b' -> heartbeat.after(new Ping(Signal.START, null, null, null), at);
                default ->
                    new Heartbeat(
                            1,
                            heartbeat.signal(),
                            heartbeat.pingMillis(),
                            heartbeat.startMillis(),
                            heartbeat.runId(),
                            heartbeat.durationMillis(),
                            heartbeat.exitStatus(),
                            heartbeat.excerpt(),
                            at);
            };
        }
        return heartbeat;
    }

    @Test
    void aRunIsMeasuredUnlessAnotherOneEnds() {
        Heartbeat running = Heartbeat.silent(1).after(new Ping(Signal.START, "a", null, null), 1_000);
        Heartbeat other = running.after(new Ping(Signal.SUCCESS, "b", null, null), 2_000);
        assertThat(other.durationMillis()).isNull();
        assertThat(other.startMillis()).isEqualTo(1_000);
        Heartbeat ended = other.after(new Ping(Signal.SUCCESS, "a", 0, "done"), 4_500);
        assertThat(ended.durationMillis()).isEqualTo(3_500);
        assertThat(ended.startMillis()).isNull();
        assertThat(ended.excerpt()).isEqualTo("done");
    }
}
