package io.healthchecker.core.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.Assertion;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.Probe;
import io.healthchecker.crds.probe.TcpProbe;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssertionsTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final HttpProbe HTTP = HttpProbe.get("https://a.test/");
    private static final Timing TIMING = new Timing(312_400, 1_000, 2_500, -1, 300_000, 40);
    private static final String BODY = """
            {"db": "starting", "one": 1, "whole": 1.0, "text": "3", "nothing": null, "items": [1, 2, -3], "a b": {"c": true}, "big": 12345678901234567890}
            """;

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "status == 200",
                "json.one == 1 && json.one == 1.0 && json.whole == 1 && json.whole < 2",
                "json.text != 3 && json.text == '3'",
                "json.nothing == null",
                "json.big > 1e19",
                "json['a b'].c",
                "json.items[2] == -3 && json.items.size() == 3",
                "json.items.exists(x, x < 0)",
                "has(json.db) && !has(json.cache)",
                "json.cache == 'ok' || json.db == 'starting'",
                "headers['content-type'].startsWith('application/json')",
                "headers['x-many'] == 'one, two'",
                "body.contains('starting') && body.matches('\"db\": *\"[a-z]+\"')",
                "latencyMillis < 313 && latencyMillis == 312",
                "phases.connectMillis == 2.5 && phases.connectMillis < 3 && phases.tlsMillis == 0.0",
                "certificate.daysLeft == 29 && 'b.test' in certificate.names",
                "certificate.notAfter < timestamp('2026-07-01T12:00:00Z')",
                "certificate.protocol == 'TLSv1.3'",
                "ip == '192.0.2.7' && redirects == [301]",
                "headers['server'].lowerAscii() == 'x'"
            })
    void holds(String expression) {
        assertThat(failures(HTTP, expression, BODY)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            json.db == "ok"                                | json.db ("starting") == "ok"
            status == 201 && json.db == "ok"               | status (200) == 201 && json.db ("starting") == "ok"
            json.items.all(x, x > 0)                       | json.items ([1, 2, -3]).all(x, x > 0)
            size(json.items) > 5                           | size(json.items) (3) > 5
            json.items[7] == 1                             | json.items[7] (field absent) == 1: the list is shorter
            json.items.x == 1                              | json.items.x (field absent) == 1: field absent
            json.db.x.y == 1                               | json.db.x.y (field absent) == 1: field absent
            headers["x-none"] == "a"                       | headers["x-none"] (field absent) == "a": field absent
            headers["set-cookie"] == "a"                   | headers["set-cookie"] (5 characters) == "a"
            "x" in headers                                 | "x" in headers (4 entries)
            json.text < 5                                  | json.text ("3") < 5: "3" is not a number
            json.nothing < 5                               | json.nothing (null) < 5: null is not a number
            json.one / 0 == 1                              | json.one (1) / 0 == 1: it divides by zero
            json.one                                       | json.one (1): it is 1, neither true nor false
            !(json.cache == "ok")                          | !(json.cache (field absent) == "ok"): field absent
            has(json.cache)                                | has(json.cache)
            latencyMillis < 300                            | latencyMillis (312) < 300
            phases.connectMillis < 1                       | phases.connectMillis (2.5) < 1
            certificate.daysLeft > 30                      | certificate.daysLeft (29) > 30
            int(json.db) == 3                              | int(json.db) == 3: a text cannot be read as what it is converted to
            """)
    void aFailureIsShownWithItsValues(String expression, String shown) {
        assertThat(failures(HTTP, expression, BODY)).containsExactly(shown);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"difference":3}       | ``
            {"difference":4.9}     | ``
            {"difference":3.0}     | ``
            {"error":"x"}          | json.difference (field absent) < 5: field absent
            {"difference":null}    | json.difference (null) < 5: null is not a number
            {"difference":"3"}     | json.difference ("3") < 5: "3" is not a number
            {"difference":{"v":1}} | json.difference ({"v": 1}) < 5: {"v": 1} is not a number
            []                     | json.difference (field absent) < 5: field absent
            <html>3</html>         | json.difference < 5: the body is not JSON: it begins with "<html>3</html>"
            {"difference":3} x     | json.difference < 5: the body is not JSON: it begins with "{"difference":3} x"
            ``                     | json.difference < 5: the body is not JSON: it is empty
            """)
    void aNumberThatIsNotThereIsNeverSmallEnough(String body, String shown) {
        assertThat(failures(HTTP, "json.difference < 5", body)).isEqualTo(shown.isEmpty() ? List.of() : List.of(shown));
    }

    @Test
    void aBodyThatIsNotJsonLeavesTheRestOfAnExpressionToDecide() {
        assertThat(failures(HTTP, "status == 200 || json.x == 1", "<html>")).isEmpty();
        assertThat(failures(HTTP, "json.x == 1 || status == 200", "<html>")).isEmpty();
        assertThat(failures(HTTP, "json.x == 1 && status == 201", "<html>")).hasSize(1);
    }

    @Test
    void whatThereIsNoneOfIsSaid() {
        Answer plain = new Answer(List.of(), 200, List.of(), new byte[0], Facts.NONE);
        assertThat(assertions(HTTP, "certificate.daysLeft > 1").failures(new Scene(plain, TIMING, NOW)))
                .containsExactly(
                        "certificate.daysLeft > 1: there is no certificate, as the connection was not encrypted");
    }

    @Test
    void itsMessageComesFirst() {
        Definition definition = Definition.of(HTTP)
                .with(draft -> draft.assertions = List.of(new Assertion("json.db == 'ok'", "no database")));
        assertThat(io.healthchecker.core.assertion.Assertions.of(definition, HTTP)
                        .failures(scene(BODY)))
                .containsExactly("no database: json.db (\"starting\") == \"ok\"");
    }

    @Test
    void anAnswerIsDegradedWhereItIsSaidAndWhereItCannotBeTold() {
        Definition definition = Definition.of(HTTP)
                .with(draft -> draft.degradedWhen =
                        List.of("latencyMillis > 300", "latencyMillis > 400", "json.cache == 'cold'"));
        assertThat(io.healthchecker.core.assertion.Assertions.of(definition, HTTP)
                        .degradations(scene(BODY)))
                .containsExactly("latencyMillis (312) > 300", "json.cache (field absent) == \"cold\": field absent");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            statuss == 200                          | 1  | statuss is not known; this kind of probe has
            status == 200 && jsn.x == 1             | 18 | jsn is not known; this kind of probe has
            phases.dnsMilis < 5                     | 1  | phases has no such field; it has phases.dnsMillis, phases.connectMillis, phases.tlsMillis, phases.firstByteMillis, phases.transferMillis
            status == "200"                         | 8  | == cannot be applied to int and string
            status + 1                              | 1  | it is of type int; it must be true or false
            status ==                               | 10 | mismatched input
            body.matches(headers["x"])              | 13 | matches needs its regular expression as a text in quotes
            body.matches("(")                       | 13 | it is not an RE2 regular expression: missing closing )
            body.matches("((a{1000}){1000}){9}")    | 13 | the regular expression has about
            json.a.all(status, status > 1)          | 11 | status is a variable already; name the element otherwise
            json.all(a, a.all(b, b.all(c, c > 1)))  | 27 | all, exists, map and filter are nested 3 deep; 2 is the most
            grpc.status == 0                        | 1  | grpc is not known
            """)
    void whatCannotBeToldIsRefusedWithItsPlace(String expression, int column, String message) {
        assertThatThrownBy(() -> Dialect.of(HTTP).compile(expression))
                .isInstanceOfSatisfying(ExpressionFault.class, fault -> {
                    assertThat(fault.said()).startsWith(message);
                    assertThat(fault.column()).isEqualTo(column);
                });
    }

    @Test
    void aKindHasItsVariablesAndNoOthers() throws ExpressionFault {
        TcpProbe plain = TcpProbe.of("a.test", 1);
        assertThat(Dialect.of(plain).compile("latencyMillis < 5 && ip != ''").source())
                .startsWith("latency");
        assertThatThrownBy(() -> Dialect.of(plain).compile("certificate.daysLeft > 3"))
                .hasMessage(
                        "certificate is not known; this kind of probe has latencyMillis, phases.dnsMillis, phases.connectMillis, ip");
        assertThat(Dialect.of(new TcpProbe("a.test", 1, true, null, null, null, null, null))
                        .compile("certificate.daysLeft > 3"))
                .isNotNull();
    }

    @Test
    void whatWouldCostTooMuchIsGivenUp() {
        String list = "[%s1]".formatted("1,".repeat(9_000));
        assertThat(failures(HTTP, "json.all(x, json.all(y, y == 1))", list))
                .singleElement()
                .asString()
                .endsWith(": it takes too many steps");
        String long1 = "{\"a\": \"%s\", \"b\": [%s1]}".formatted("a".repeat(40_000), "1,".repeat(9_000));
        assertThat(failures(HTTP, "json.b.map(x, json.a + json.a + json.a).size() > 0", long1))
                .singleElement()
                .asString()
                .endsWith(": it takes too many steps");
    }

    @Test
    void onlyWhatIsAskedForIsNeeded() {
        assertThat(expectations("status == 200").needBody()).isFalse();
        assertThat(expectations("json.x == 1").needBody()).isTrue();
        assertThat(expectations("has(json.x)").needBody()).isTrue();
        assertThat(expectations("certificate.daysLeft > 3").needCertificate()).isTrue();
        assertThat(expectations("status == 200").needCertificate()).isFalse();
        assertThat(expectations("body.matches('a')").expensive(answer("a"))).isTrue();
        assertThat(expectations("json.x == 1").expensive(answer("{}"))).isFalse();
        assertThat(expectations("json.x == 1").expensive(answer("{}".repeat(9_000))))
                .isTrue();
    }

    private static Expectations expectations(String expression) {
        return Expectations.of(asserting(HTTP, expression));
    }

    private static List<String> failures(Probe probe, String expression, String body) {
        return assertions(probe, expression).failures(scene(body));
    }

    private static io.healthchecker.core.assertion.Assertions assertions(Probe probe, String expression) {
        return io.healthchecker.core.assertion.Assertions.of(asserting(probe, expression), probe);
    }

    private static Definition asserting(Probe probe, String expression) {
        return Definition.of(probe).with(draft -> draft.assertions = List.of(new Assertion(expression, null)));
    }

    private static Scene scene(String body) {
        return new Scene(answer(body), TIMING, NOW);
    }

    private static Answer answer(@Nullable String body) {
        List<Header> headers = List.of(
                new Header("Content-Type", "application/json"),
                new Header("X-Many", "one"),
                new Header("X-Many", "two"),
                new Header("Server", "X"),
                new Header("Set-Cookie", "a=b;c"));
        Facts facts = Facts.NONE
                .withIp("192.0.2.7")
                .withCaptures(Map.of("token", "secret"))
                .withCertificate(new Certificate(
                        "CN=a.test",
                        "CN=ca.test",
                        List.of("a.test", "b.test"),
                        NOW,
                        Instant.parse("2026-07-01T11:59:59Z"),
                        "ab",
                        "TLSv1.3",
                        "TLS_AES_128_GCM_SHA256",
                        List.of(Instant.parse("2026-07-01T11:59:59Z"))));
        return new Answer(
                List.of(301), 200, headers, (body == null ? "" : body).getBytes(StandardCharsets.UTF_8), facts);
    }
}
