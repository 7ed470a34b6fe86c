package io.healthchecker.core.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class TeamEgressTest {
    @Test
    void whatIsDeniedIsDeniedThoughItIsAllowed() {
        TeamEgress.Judge judge = new TeamEgress(
                        List.of("192.0.2.0/24", "2001:db8::/32"),
                        List.of("192.0.2.7"),
                        List.of("80", "443"),
                        List.of("80"),
                        List.of(),
                        List.of())
                .judge();
        assertThat(judge.rule(address("192.0.2.1"), 443)).isNull();
        assertThat(judge.rule(address("2001:db8::1"), 443)).isNull();
        assertThat(judge.rule(address("192.0.2.7"), 443)).isEqualTo("team deny 192.0.2.7/32");
        assertThat(judge.rule(address("::ffff:192.0.2.7"), 443)).startsWith("team ");
        assertThat(judge.rule(address("198.51.100.1"), 443)).isEqualTo("team allow");
        assertThat(judge.rule(address("192.0.2.1"), 80)).isEqualTo("team denyPorts 80");
        assertThat(judge.rule(address("192.0.2.1"), 22)).isEqualTo("team allowPorts");
        assertThat(judge.rule(address("192.0.2.1"), 0)).isNull();
    }

    @Test
    void aNameIsJudgedByItsEnd() {
        TeamEgress.Judge judge = new TeamEgress(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of("*.example.com", "a.test"),
                        List.of("*.intern.example.com"))
                .judge();
        assertThat(judge.rule("Shop.Example.com.")).isNull();
        assertThat(judge.rule("a.test")).isNull();
        assertThat(judge.rule("example.com")).isEqualTo("team allowHosts");
        assertThat(judge.rule("badexample.com")).isEqualTo("team allowHosts");
        assertThat(judge.rule("db.intern.example.com")).isEqualTo("team denyHosts *.intern.example.com");
    }

    @Test
    void withoutRulesAllIsAdmitted() {
        TeamEgress.Judge judge = TeamEgress.ALL.judge();
        assertThat(judge.rule(address("127.0.0.1"), 22)).isNull();
        assertThat(judge.rule("x")).isNull();
    }

    private static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }
}
