package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.Assertion;
import io.healthchecker.testing.StubServer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other monitors got wrong about rules over bodies. */
class AssertionTrialsTest {
    @AutoClose
    private static final TestProbers probers = TestProbers.standalone();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"difference":3}       | UP   | ``
            {"error":"x"}          | DOWN | field absent
            {"difference":null}    | DOWN | null is not a number
            {"difference":"3"}     | DOWN | "3" is not a number
            {"difference":{"v":1}} | DOWN | {"v": 1} is not a number
            []                     | DOWN | field absent
            <html>3</html>         | DOWN | the body is not JSON: it begins with "<html>3</html>"
            ``                     | DOWN | the body is not JSON: it is empty
            """)
    void aNumberThatIsNotThereIsDownByName(String body, Outcome outcome, String why) {
        CheckResult result = check(body, "json.difference < 5");
        assertThat(result.outcome()).isEqualTo(outcome);
        assertThat(result.reason()).isEqualTo(outcome == Outcome.UP ? Reason.OK : Reason.ASSERTION_FAILED);
        if (outcome == Outcome.DOWN) {
            assertThat(result.detail()).startsWith("json.difference").endsWith(why);
        } else {
            assertThat(result.detail()).isNull();
        }
    }

    @Test
    void aLargeBodyIsJudgedTheSame() {
        String body = "{\"items\": [%s0], \"db\": \"ok\"}".formatted("1,".repeat(8_000));
        assertThat(check(body, "json.items.all(x, x < 2) && json.db == 'ok'").outcome())
                .isEqualTo(Outcome.UP);
        assertThat(check("[" + "1,".repeat(40_000) + "1]", "json[0] == 1").detail())
                .endsWith("the body is not JSON as far as it is read, which is 65536 bytes");
    }

    @Test
    void aPassingCheckIsDegradedByAnExpression() {
        try (var stub = StubServer.answering(answer("{\"cache\":\"cold\"}"))) {
            CheckResult result = probers.check(Wanted.http(stub.url("/"))
                    .definition()
                    .with(draft -> draft.degradedWhen = List.of("json.cache == 'cold'")));
            assertThat(result.outcome()).isEqualTo(Outcome.DEGRADED);
            assertThat(result.reason()).isEqualTo(Reason.DEGRADED_WHEN);
            assertThat(result.detail()).isEqualTo("json.cache (\"cold\") == \"cold\"");
        }
    }

    @Test
    void anExaminationShowsEveryAssertion() {
        try (var stub = StubServer.answering(answer("{\"db\":\"starting\"}"))) {
            Definition definition = asserting(stub.url("/"), "status == 200", "json.db == 'ok'", "ip == '127.0.0.1'");
            Examined examined = probers.probers()
                    .examine(definition)
                    .toCompletableFuture()
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            assertThat(examined.result().outcome()).isEqualTo(Outcome.DOWN);
            assertThat(examined.facts().ip()).isEqualTo("127.0.0.1");
            assertThat(examined.assertions())
                    .extracting(row -> row.passed() + " " + row.explained())
                    .containsExactly(
                            "true status (200) == 200",
                            "false json.db (\"starting\") == \"ok\"",
                            "true ip (\"127.0.0.1\") == \"127.0.0.1\"");
        }
    }

    private static CheckResult check(String body, String expression) {
        try (var stub = StubServer.answering(answer(body))) {
            return probers.check(asserting(stub.url("/"), expression));
        }
    }

    private static Definition asserting(String url, String... expressions) {
        return Wanted.http(url)
                .definition()
                .with(draft -> draft.assertions = List.of(expressions).stream()
                        .map(expression -> new Assertion(expression, null))
                        .toList());
    }

    private static String answer(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body);
    }
}
