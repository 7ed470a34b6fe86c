package io.healthchecker.core.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ipv6TextTest {
    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource({
        "0:0:0:0:0:0:0:1, ::1",
        "::, ::",
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "fe80:0:0:0:0:0:0:0, fe80::",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    })
    void isWrittenAsRfc5952Says(String typed, String text) {
        assertThat(Ipv6Text.of((Inet6Address) Inet6Address.ofLiteral(typed))).isEqualTo(text);
    }
}
