package io.healthchecker.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
    @ParameterizedTest(name = "{0} cover {1} of 10 to 20")
    @CsvSource(delimiter = '|', textBlock = """
        0-5               | 0
        0-12              | 2
        12-14             | 2
        14-16, 12-15      | 4
        12-18, 13-14      | 6
        5-25, 12-13       | 10
        19-30, 25-30, 0-9 | 1
        10-10             | 0
        """)
    void whatSeveralCoverCountsOnce(String stretches, long covered) {
        List<Window> windows = Stream.of(stretches.split(", "))
                .map(one -> one.split("-"))
                .map(ends -> new Window(Long.parseLong(ends[0]), Long.parseLong(ends[1])))
                .toList();

        assertThat(new Window(10, 20).coveredMillis(windows)).isEqualTo(covered);
    }
}
