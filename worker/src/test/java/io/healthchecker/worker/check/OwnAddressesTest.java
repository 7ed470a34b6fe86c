package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnAddressesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://db.internal:6432/hc?user=a        | db.internal:6432
            jdbc:postgresql://10.0.0.5/hc                       | 10.0.0.5:5432
            jdbc:postgresql://a:1,b:2/hc                        | a:1 b:2
            jdbc:postgresql://[::1]:5433/hc                     | [::1]:5433
            jdbc:h2:mem:hc                                      | ''
            """)
    void theHostsOfADatabaseUrlAreFound(String url, String expected) {
        String found = OwnAddresses.ofDatabase(url).stream()
                .map(address -> address.getHostString() + ":" + address.getPort())
                .reduce((a, b) -> a + " " + b)
                .orElse("");
        assertThat(found).isEqualTo(expected);
    }
}
