package io.healthchecker.worker.dial;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    @ParameterizedTest(name = "{0} is the address {1}")
    @CsvSource(
            nullValues = "-",
            value = {
                "127.0.0.1, 127.0.0.1",
                "::1, 0:0:0:0:0:0:0:1",
                "2130706433, 127.0.0.1",
                "a.test, -",
                "a1, -",
                "1.2.3.4.5, -"
            })
    void aLiteralIsAnAddressAndANameIsNone(String host, @Nullable String address) {
        InetAddress literal = Addresses.literal(host);
        assertThat(literal == null ? null : literal.getHostAddress()).isEqualTo(address);
    }

    @ParameterizedTest(name = "{0} are tried as {1}")
    @CsvSource({"4, 4", "444, 444", "4466, 4646", "6644, 6464", "4666, 4666", "64, 64"})
    void theFamiliesTakeTurns(String families, String order) {
        List<InetAddress> addresses = Arrays.stream(families.split(""))
                .map(family -> InetAddress.ofLiteral(family.equals("4") ? "10.0.0.1" : "fd00::1"))
                .toList();
        assertThat(Addresses.alternating(addresses, new Random(1)).stream()
                        .map(address -> address.getAddress().length == 4 ? "4" : "6")
                        .collect(Collectors.joining()))
                .isEqualTo(order);
    }

    @Test
    void eachAddressOfAFamilyComesFirstSometimes() {
        List<InetAddress> addresses = List.of(InetAddress.ofLiteral("10.0.0.1"), InetAddress.ofLiteral("10.0.0.2"));
        Random random = new Random(1);
        assertThat(java.util.stream.IntStream.range(0, 50)
                        .mapToObj(i -> Addresses.alternating(addresses, random).getFirst())
                        .distinct())
                .hasSize(2);
    }

    @Test
    void anEndpointIsWrittenAsPeopleDo() {
        assertThat(Addresses.text(new InetSocketAddress(InetAddress.ofLiteral("fd00::1"), 80)))
                .isEqualTo("[fd00::1]:80");
    }
}
