package io.healthchecker.core.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.crds.probe.HeaderExpectation;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.TcpProbe;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectationsTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    @ParameterizedTest(name = "{0} against {2}: {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            200 |          | -            | -
            299 |          | -            | -
            301 |          | -            | status (301) is not in 200-299
            503 |          | -            | status (503) is not in 200-299
            404 |          | 404          | -
            404 |          | 200-299 404  | -
            500 |          | 200-299 404  | status (500) is not in 200-299, 404
            200 | 301      | 301          | status (301 → 200) is not in 301
            500 | 302 307  | 200-299      | status (302 → 307 → 500) is not in 200-299
            """)
    void theStatusOfTheLastAnswerIsInARange(
            int status, @Nullable String redirects, @Nullable String expected, @Nullable String failure) {
        List<Integer> chain = redirects == null
                ? List.of()
                : Arrays.stream(redirects.split(" ")).map(Integer::valueOf).toList();
        var probe = http(expected == null ? null : List.of(expected.split(" ")), null, null, null, null);
        assertThat(failures(probe, new Answer(chain, status, List.of(), new byte[0], Facts.NONE)))
                .isEqualTo(failure == null ? List.of() : List.of(failure));
    }

    @ParameterizedTest(name = "{0} contains {1}: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '\0', textBlock = """
            Content-Type  | -     | -
            content-TYPE  | json  | -
            Content-Type  | xml   | header Content-Type ("application/json") does not contain "xml"
            X-None        | -     | header X-None is absent
            Set-Cookie    | b=    | -
            Set-Cookie    | c=    | header Set-Cookie ("a=1", "b=2") does not contain "c="
            X-Utf         | ü     | -
            X-Latin       | ü     | -
            """)
    void aHeaderIsThereAndOneOfItsValuesContainsAText(String name, @Nullable String text, @Nullable String failure) {
        var headers = List.of(
                new Header("Content-Type", "application/json"),
                new Header("Set-Cookie", "a=1"),
                new Header("Set-Cookie", "b=2"),
                new Header("X-Utf", new String("ü".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)),
                new Header("X-Latin", "ü"));
        var probe = http(null, List.of(new HeaderExpectation(name, text)), null, null, null);
        assertThat(failures(probe, new Answer(List.of(), 200, headers, new byte[0], Facts.NONE)))
                .isEqualTo(failure == null ? List.of() : List.of(failure));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '\0', textBlock = """
            footerContent  | -         | -
            footerContents | -         | body (22 bytes) does not contain "footerContents"
            -              | foot.*ok  | -
            -              | ^ok       | body (22 bytes) does not match ^ok
            grün           | gr.n$     | -
            """)
    void theBodyContainsATextAndMatchesAnExpression(
            @Nullable String contains, @Nullable String matches, @Nullable String failure) {
        var probe = http(null, null, contains, matches, null);
        assertThat(failures(probe, body("footerContent ok grün", StandardCharsets.UTF_8, null)))
                .isEqualTo(failure == null ? List.of() : List.of(failure));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html; charset=ISO-8859-1", "text/html;charset=\"iso-8859-1\""})
    void theBodyIsReadInItsOwnCharacterSet(String contentType) {
        var probe = http(null, null, "grün", null, null);
        assertThat(failures(probe, body("grün", StandardCharsets.ISO_8859_1, contentType)))
                .isEmpty();
        assertThat(failures(probe, body("grün", StandardCharsets.UTF_8, "text/html; charset=nonsense")))
                .isEmpty();
    }

    @Test
    void aHostileValueIsShownOnOneLineAndCut() {
        var headers = List.of(new Header("X", "\u001b[31mred\r\nHTTP/1.1 200" + "a".repeat(5_000)));
        var probe = http(null, List.of(new HeaderExpectation("X", "b")), null, null, null);
        assertThat(failures(probe, new Answer(List.of(), 200, headers, new byte[0], Facts.NONE)))
                .singleElement()
                .asString()
                .startsWith("header X (\" [31mred  HTTP/1.1 200aaa")
                .contains("…")
                .hasSizeLessThan(200);
    }

    @Test
    void everythingThatIsWrongIsSaid() {
        var probe = http(List.of("204"), null, "x", "y", null);
        assertThat(failures(probe, body("", StandardCharsets.UTF_8, null)))
                .containsExactly(
                        "status (200) is not in 204",
                        "body (0 bytes) does not contain \"x\"",
                        "body (0 bytes) does not match y");
    }

    @ParameterizedTest(name = "valid until {0}, {1} days wanted: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            2026-07-01T12:00:00Z | 30 | -
            2026-07-01T11:59:59Z | 30 | certificate (valid until 2026-07-01T11:59:59Z, 29 days) does not last 30 more days
            2026-05-01T12:00:00Z | 1  | certificate (valid until 2026-05-01T12:00:00Z, -31 days) does not last 1 more days
            -                    | 7  | there is no certificate; one that lasts 7 more days is expected
            """)
    void aCertificateLastsForSoManyMoreDays(@Nullable Instant notAfter, int days, @Nullable String failure) {
        List<String> expected = failure == null ? List.of() : List.of(failure);
        assertThat(failures(
                        http(null, null, null, null, days),
                        new Answer(List.of(), 200, List.of(), new byte[0], until(notAfter))))
                .isEqualTo(expected);
        var tcp = Expectations.of(new TcpProbe("a.test", 443, true, null, days, null, null, null));
        assertThat(tcp.failures(Answer.connected(until(notAfter)), NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a{1000}{3}",
                "((a{1000}){1000}){1000}",
                "(?:(?:a{1,50}){1,50}){1,50}",
                "([[:alpha:]]{3}[^]]{900}){9}",
                "(\\Qabc\\E{900}x){9}"
            })
    void anExpressionThatWouldGrowWhenWrittenOutIsRefusedBeforeItGrows(String expression) {
        assertThatThrownBy(() -> Expectations.of(http(null, null, null, expression, null)))
                .hasMessageStartingWith("bodyMatches has about ")
                .hasMessageEndingWith(" steps when its repetitions are written out; it must have at most 2000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
                "a{1000}",
                "x{y}",
                "\\{1000}{900}",
                "[{}]{5,}",
                "[]a]+"
            })
    void anOrdinaryExpressionIsNot(String expression) {
        assertThat(Expectations.of(http(null, null, null, expression, null)).needBody())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "(?=a)", "\\1"})
    void anExpressionThatIsNotRe2IsRefusedByName(String expression) {
        assertThatThrownBy(() -> Expectations.of(http(null, null, null, expression, null)))
                .hasMessageStartingWith("bodyMatches is not an RE2 regular expression: ");
    }

    private static List<String> failures(HttpProbe probe, Answer answer) {
        return Expectations.of(probe).failures(answer, NOW);
    }

    private static Facts until(@Nullable Instant notAfter) {
        return notAfter == null
                ? Facts.NONE
                : Facts.NONE.withCertificate(new Certificate(
                        "CN=a.test",
                        "CN=ca.test",
                        List.of("a.test"),
                        NOW,
                        notAfter,
                        "",
                        "TLSv1.3",
                        "TLS_AES_128_GCM_SHA256",
                        List.of(notAfter)));
    }

    private static Answer body(String text, Charset charset, @Nullable String contentType) {
        List<Header> headers = contentType == null ? List.of() : List.of(new Header("content-type", contentType));
        return new Answer(List.of(), 200, headers, text.getBytes(charset), Facts.NONE);
    }

    private static HttpProbe http(
            @Nullable List<String> status,
            @Nullable List<HeaderExpectation> headers,
            @Nullable String contains,
            @Nullable String matches,
            @Nullable Integer days) {
        return HttpProbe.get("https://a.test/").with(draft -> {
            draft.expectedStatus = status;
            draft.expectedHeaders = headers;
            draft.bodyContains = contains;
            draft.bodyMatches = matches;
            draft.certificateExpiresInDays = days;
        });
    }
}
