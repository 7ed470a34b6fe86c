package io.healthchecker.api.team;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EgressTest {
    private final Person person = Api.shared().somebody();
    private final String path = "/api/v1/teams/%d/egress-policy".formatted(person.teamId());

    @Test
    void theRulesOfATeamAreKept() {
        assertThat(person.caller().get(path).json().get("deny")).isEmpty();
        Answer changed = person.caller()
                .put(path, "{\"deny\":[\"10.0.0.0/8\"],\"denyPorts\":[\"25\"],\"allowHosts\":[\"*.Example.com\"]}");
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        Answer read = person.caller().get(path);
        assertThat(read.text("/deny/0")).isEqualTo("10.0.0.0/8");
        assertThat(read.text("/denyPorts/0")).isEqualTo("25");
        assertThat(read.text("/allowHosts/0")).isEqualTo("*.example.com");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"deny":["10.0.0.1/8"]}      | deny[0]       | deny[0] is "10.0.0.1/8"; bits are set behind its prefix; the range is 10.0.0.0/8
            {"allowPorts":["1","70000"]} | allowPorts[1] | allowPorts[1] is "70000"; it must be a port or a range of ports between 1 and 65535, such as 25 or 6000-6063
            {"denyHosts":["http://a/"]}  | denyHosts[0]  | denyHosts[0] is "http://a/"; it must be a name such as shop.example.com or *.example.com
            """)
    void whatCannotBeReadIsRefused(String body, String field, String message) {
        Answer answer = person.caller().put(path, body);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/errors/0/field")).isEqualTo(field);
        assertThat(answer.text("/errors/0/message")).isEqualTo(message);
    }
}
