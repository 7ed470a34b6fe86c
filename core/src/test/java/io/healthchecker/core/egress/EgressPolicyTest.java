package io.healthchecker.core.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EgressPolicyTest {

    @ParameterizedTest(name = "{0} is denied standalone by {1}, on Kubernetes by {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            1.1.1.1                      | -          | -
            2606:4700::1111              | -          | -
            10.1.2.3                     | -          | -
            172.16.0.1                   | -          | -
            172.32.0.1                   | -          | -
            192.168.1.1                  | -          | -
            100.64.0.1                   | -          | -
            fd12::1                      | -          | -
            fec0::1                      | -          | -
            127.0.0.1                    | -          | loopback
            127.255.0.9                  | -          | loopback
            ::1                          | -          | loopback
            192.0.2.1                    | -          | documentation
            203.0.113.9                  | -          | documentation
            2001:db8::1                  | -          | documentation
            169.254.169.254              | metadata   | metadata
            169.254.170.2                | metadata   | metadata
            100.100.100.200              | metadata   | metadata
            168.63.129.16                | metadata   | metadata
            fd00:ec2::254                | metadata   | metadata
            169.254.1.1                  | link-local | link-local
            fe80::1                      | link-local | link-local
            0.0.0.0                      | unspecified | unspecified
            0.1.2.3                      | unspecified | unspecified
            ::                           | unspecified | unspecified
            224.0.0.1                    | multicast  | multicast
            ff02::1                      | multicast  | multicast
            240.0.0.1                    | reserved   | reserved
            255.255.255.255              | reserved   | reserved
            ::ffff:169.254.169.254       | metadata   | metadata
            ::ffff:127.0.0.1             | -          | loopback
            ::169.254.169.254            | metadata, for the embedded 169.254.169.254 | metadata, for the embedded 169.254.169.254
            2002:a9fe:a9fe::1            | metadata, for the embedded 169.254.169.254 | metadata, for the embedded 169.254.169.254
            2002:0a01:0203::             | -          | -
            2001:0:a9fe:a9fe::1          | metadata, for the embedded 169.254.169.254 | metadata, for the embedded 169.254.169.254
            2001:0:4136:e378:8000:63bf:5601:5601 | metadata, for the embedded 169.254.169.254 | metadata, for the embedded 169.254.169.254
            64:ff9b::a9fe:a9fe           | metadata, for the embedded 169.254.169.254 | metadata, for the embedded 169.254.169.254
            64:ff9b::7f00:1              | -          | loopback, for the embedded 127.0.0.1
            64:ff9b:1::a9fe:a9fe         | metadata, for the embedded 169.254.169.254 | metadata, for the embedded 169.254.169.254
            64:ff9b:1::808:808           | -          | -
            64:ff9b:1:808:8:800::        | -          | -
            64:ff9b:1:a9fe:a9:fe00::     | metadata, for the embedded 169.254.169.254 | metadata, for the embedded 169.254.169.254
            2001:db9::5efe:a9fe:a9fe     | metadata, for the embedded 169.254.169.254 | metadata, for the embedded 169.254.169.254
            """)
    void presetsJudgeAnAddressByItsKind(String address, @Nullable String standalone, @Nullable String kubernetes) {
        assertThat(rule(EgressRules.of(EgressPreset.STANDALONE), address, 80)).isEqualTo(standalone);
        assertThat(rule(EgressRules.of(EgressPreset.KUBERNETES), address, 80)).isEqualTo(kubernetes);
    }

    @ParameterizedTest(name = "{0}:{1} is denied by {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            10.1.2.3        | 80   | deny 10.0.0.0/8
            10.9.0.1        | 80   | deny 10.0.0.0/8
            ::ffff:10.1.2.3 | 80   | deny 10.0.0.0/8
            64:ff9b::a01:203 | 80  | deny 10.0.0.0/8, for the embedded 10.1.2.3
            fd00::1         | 80   | deny fd00::/16
            127.0.0.1       | 80   | -
            127.0.0.1       | 25   | denyPorts 25
            1.1.1.1         | 6063 | denyPorts 6000-6063
            1.1.1.1         | 6064 | -
            127.0.0.2       | 80   | loopback
            """)
    void deniedRangesAndPortsWinOverAllowedRangesAndThoseOverThePreset(
            String address, int port, @Nullable String rule) {
        var rules = new EgressRules(
                EgressPreset.KUBERNETES,
                List.of("127.0.0.1", "10.9.0.0/16"),
                List.of("10.0.0.0/8", "fd00::/16"),
                List.of("25", "6000-6063"));
        assertThat(rule(rules, address, port)).isEqualTo(rule);
    }

    @ParameterizedTest(name = "{0}:{1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            127.0.0.1        | 5432 | own endpoint
            127.8.8.8        | 5432 | own endpoint
            ::1              | 5432 | own endpoint
            0.0.0.0          | 5432 | own endpoint
            ::ffff:127.0.0.1 | 5432 | own endpoint
            127.0.0.1        | 5433 | -
            10.0.0.7         | 6379 | own endpoint
            ::ffff:10.0.0.7  | 6379 | own endpoint
            64:ff9b::a00:7   | 6379 | own endpoint, for the embedded 10.0.0.7
            10.0.0.8         | 6379 | -
            fd00::7          | 6379 | own endpoint
            """)
    void ourOwnDatabasesAreNeverDialledWhateverIsAllowed(String address, int port, @Nullable String rule) {
        var rules = new EgressRules(EgressPreset.STANDALONE, List.of("0.0.0.0/0", "::/0"), List.of(), List.of());
        var policy = new EgressPolicy(
                rules,
                List.of(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 5432),
                        new InetSocketAddress(InetAddress.ofLiteral("10.0.0.7"), 6379),
                        new InetSocketAddress(InetAddress.ofLiteral("fd00::7"), 6379)));
        Denial denial = policy.judge(InetAddress.ofLiteral(address), port);
        assertThat(denial == null ? null : denial.rule()).isEqualTo(rule);
    }

    @Test
    void aDenialNamesAddressPortAndRule() {
        var policy = new EgressPolicy(EgressRules.of(EgressPreset.KUBERNETES), List.of());
        assertThat(policy.judge(InetAddress.ofLiteral("::1"), 80))
                .hasToString("[::1]:80 is denied by the rule “loopback”");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            10.0.0.0/33   | egress.deny[0] is "10.0.0.0/33"; its prefix must be 0 to 32
            fd00::/129    | egress.deny[0] is "fd00::/129"; its prefix must be 0 to 128
            10.0.0.1/8    | egress.deny[0] is "10.0.0.1/8"; bits are set behind its prefix; the range is 10.0.0.0/8
            10.0.0        | egress.deny[0] is "10.0.0"; it must be an address or a range, such as 10.0.0.0/8 or fd00::/8
            example.org   | egress.deny[0] is "example.org"; it must be an address or a range, such as 10.0.0.0/8 or fd00::/8
            10.0.0.0/-1   | egress.deny[0] is "10.0.0.0/-1"; its prefix must be 0 to 32
            """)
    void aRangeThatCannotBeReadIsRefusedByName(String range, String message) {
        assertThatThrownBy(() -> new EgressRules(EgressPreset.STANDALONE, List.of(), List.of(range), List.of()))
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"0", "65536", "80-79", "http"})
    void aPortThatCannotBeReadIsRefusedByName(String port) {
        assertThatThrownBy(() -> new EgressRules(EgressPreset.STANDALONE, List.of(), List.of(), List.of(port)))
                .hasMessage("egress.denyPorts[0] is \"" + port
                        + "\"; it must be a port or a range of ports between 1 and 65535, such as 25 or 6000-6063");
    }

    private static @Nullable String rule(EgressRules rules, String address, int port) {
        Denial denial = new EgressPolicy(rules, List.of()).judge(InetAddress.ofLiteral(address), port);
        return denial == null ? null : denial.rule();
    }
}
