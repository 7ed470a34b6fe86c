package io.healthchecker.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One letter a location: U is Up, G Degraded, D Down, ? Unknown. */
class ServiceVerdictTest {
    @ParameterizedTest(name = "{0}: any {1}, majority {2}, two {3}, all {4}")
    @CsvSource(delimiter = '|', textBlock = """
            ?       | UNKNOWN  | UNKNOWN  | UNKNOWN  | UNKNOWN
            U       | UP       | UP       | UP       | UP
            D       | DOWN     | DOWN     | DOWN     | DOWN
            G       | DEGRADED | DEGRADED | DEGRADED | DEGRADED
            U D     | DOWN     | UP       | UP       | UP
            D D     | DOWN     | DOWN     | DOWN     | DOWN
            D ?     | DOWN     | DOWN     | DOWN     | DOWN
            U U D   | DOWN     | UP       | UP       | UP
            U D D   | DOWN     | DOWN     | DOWN     | UP
            U G D   | DOWN     | DEGRADED | DEGRADED | UP
            G G D   | DOWN     | DEGRADED | DEGRADED | DEGRADED
            U ? ? D | DOWN     | UP       | UP       | UP
            U U D D | DOWN     | UP       | DOWN     | UP
            """)
    void followsTheQuorumOfThoseThatCanTell(String locations, State any, State majority, State two, State all) {
        ServiceVerdict verdict = verdict(locations);
        assertThat(verdict.state(Quorum.ANY)).isEqualTo(any);
        assertThat(verdict.state(Quorum.MAJORITY)).isEqualTo(majority);
        assertThat(verdict.state(new Quorum.AtLeast(2))).isEqualTo(two);
        assertThat(verdict.state(Quorum.ALL)).isEqualTo(all);
    }

    private static ServiceVerdict verdict(String locations) {
        ServiceVerdict verdict = ServiceVerdict.NONE;
        int location = 0;
        for (Outcome outcome : Results.of(locations)) {
            location++;
            verdict = verdict.with(location, LocationVerdict.UNKNOWN.next(outcome, 1, 0, new Thresholds(1, 1)));
        }
        return verdict;
    }
}
