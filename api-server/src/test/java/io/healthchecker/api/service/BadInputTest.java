package io.healthchecker.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.api.testing.Caller;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must be refused with a problem that names the field, and leave nothing behind. */
class BadInputTest {
    private static final String SERVICES = "/api/v1/services";

    private final Api api = Api.shared();
    private final Person person = api.somebody();
    private long before;

    @BeforeEach
    void countBefore() {
        before = stored();
    }

    @AfterEach
    void nothingWasStored() {
        assertThat(stored()).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0} names {1}")
    @CsvSource(delimiter = '|', textBlock = """
        {}                                                                              | name http
        {"url":"http://a.test/","check_interval":60}                                    | name
        {"name":null,"url":"http://a.test/"}                                            | name
        {"name":"","url":"http://a.test/"}                                              | name
        {"name":"  ","url":"http://a.test/"}                                            | name
        {"name":"a\\u0000b","url":"http://a.test/"}                                     | name
        {"name":"a\\nb","url":"http://a.test/"}                                         | name
        {"name":"\\ud800","url":"http://a.test/"}                                       | name
        {"name":5,"url":"http://a.test/"}                                               | name
        {"name":["x"],"url":"http://a.test/"}                                           | name
        {"name":"x"}                                                                    | http
        {"name":"x","url":"/health"}                                                    | url
        {"name":"x","url":"a.test/health"}                                              | url
        {"name":"x","url":"ftp://a.test/"}                                              | url
        {"name":"x","url":"file:///etc/passwd"}                                         | url
        {"name":"x","url":"http://user:secret77@a.test/"}                               | url
        {"name":"x","url":"http://a.test:0/"}                                           | url
        {"name":"x","url":"http://a.test:65536/"}                                       | url
        {"name":"x","url":"http://a.test:x/"}                                           | url
        {"name":"x","url":"http:///x"}                                                  | url
        {"name":"x","url":"http://::1:80/"}                                             | url
        {"name":"x","url":"http://exa mple.test/"}                                      | url
        {"name":"x","url":""}                                                           | url url
        {"name":"x","url":7}                                                            | url
        {"name":"x","url":"http://a.test/","check_interval":0}                          | check_interval
        {"name":"x","url":"http://a.test/","check_interval":-1}                         | check_interval
        {"name":"x","url":"http://a.test/","check_interval":86401}                      | check_interval
        {"name":"x","url":"http://a.test/","check_interval":1.5}                        | check_interval
        {"name":"x","url":"http://a.test/","check_interval":60.0}                       | check_interval
        {"name":"x","url":"http://a.test/","check_interval":"soon"}                     | check_interval
        {"name":"x","url":"http://a.test/","check_interval":"60"}                       | check_interval
        {"name":"x","url":"http://a.test/","check_interval":1e9}                        | check_interval
        {"name":"x","url":"http://a.test/","check_interval":1000000000}                 | check_interval
        {"name":"x","url":"http://a.test/","check_interval":99999999999}                | check_interval
        {"name":"x","url":"http://a.test/","check_interval":true}                       | check_interval
        {"name":"x","url":"http://a.test/","check_interval":{}}                         | check_interval
        {"name":"x","http":{"url":"http://a.test/"},"periodSeconds":"soon"}             | periodSeconds
        {"name":"x","http":{"url":"http://a.test/"},"periodSeconds":60,"timeoutSeconds":60} | timeoutSeconds
        {"name":"x","url":"http://a.test/","check_interval":5,"timeoutSeconds":5}       | timeoutSeconds
        {"name":"x","url":"http://a.test/","timeoutSeconds":61}                         | timeoutSeconds timeoutSeconds
        {"name":"x","url":"http://a.test/","failureThreshold":0}                        | failureThreshold
        {"name":"x","url":"http://a.test/","successThreshold":11}                       | successThreshold
        {"name":"x","url":"http://a.test/","suspend":"no"}                              | suspend
        {"name":"x","url":"http://a.test/","suspend":1}                                 | suspend
        {"name":"x","url":"http://a.test/","intervall":60}                              | intervall
        {"name":"x","url":"http://a.test/","id":7}                                      | id
        {"name":"x","http":{"url":"http://a.test/","methode":"GET"}}                    | http.methode
        {"name":"x","http":{"url":"http://a.test/","method":"BREW"}}                    | http.method
        {"name":"x","http":{"url":"http://a.test/","expectedStatus":[200]}}             | http.expectedStatus[0]
        {"name":"x","http":{"url":"http://a.test/","expectedStatus":["299-200"]}}       | http.expectedStatus[0]
        {"name":"x","http":{"url":"http://a.test/","expectedStatus":"200"}}             | http.expectedStatus
        {"name":"x","http":{"url":"http://a.test/","expectedStatus":[]}}                | http.expectedStatus
        {"name":"x","http":{"url":"http://a.test/","bodyMatches":"("}}                  | http.bodyMatches
        {"name":"x","http":{"url":"http://a.test/","bodyContains":"\\u0000"}}           | http.bodyContains
        {"name":"x","http":{"url":"http://a.test/","headers":[{"name":"a b","value":"x"}]}} | http.headers[0].name
        {"name":"x","http":{"url":"http://a.test/","headers":[{"name":"A","value":"secret77\\n"}]}} | http.headers[0].value
        {"name":"x","http":{"url":"http://a.test/","headers":[{"name":"A","value":{"secret77":1}}]}} | http.headers[0].value
        {"name":"x","http":{"url":"http://a.test/","headers":[{"name":"A","value":77}]}} | http.headers[0].value
        {"name":"x","http":{"url":"http://a.test/","headers":[{"name":"A","value":"***"}]}} | http.headers[0].value
        {"name":"x","http":{"url":"http://a.test/","headers":[null]}}                   | http.headers[0]
        {"name":"x","http":{}}                                                          | http.url
        {"name":"x","http":"http://a.test/"}                                            | http
        {"name":"x","http":{"url":"http://a.test/"},"tcp":{"host":"a","port":1}}        | tcp
        {"name":"x","tcp":{"host":"a.test","port":0}}                                   | tcp.port
        {"name":"x","tcp":{"host":"a.test","port":65536}}                               | tcp.port
        {"name":"x","tcp":{"host":"a b","port":80}}                                     | tcp.host
        {"name":"x","tcp":{"port":80}}                                                  | tcp.host
        {"name":"x","url":"http://a.test/","http":{"url":"http://a.test/"}}             | url
        {"name":"x","url":"http://a.test/","tcp":{"host":"a.test","port":1}}            | url
        {"name":"x","url":"http://a.test/","check_interval":60,"periodSeconds":60}      | check_interval
        {"name":"x","url":"http://a.test/","labels":{"tier":1}}                         | labels.tier
        {"name":"x","url":"http://a.test/","labels":{"tier":null}}                      | labels.tier
        {"name":"x","url":"http://a.test/","labels":{"-":"x"}}                          | labels.-
        {"name":"x","url":"http://a.test/","labels":["tier"]}                           | labels
        {"name":5,"url":6,"check_interval":"7","periodSeconds":[],"nope":1}             | name url check_interval periodSeconds nope
        """)
    void aBodyThatDoesNotFitIsRefused(String body, String fields) {
        Answer answer = person.caller().post(SERVICES, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertProblem(answer);
        assertThat(answer.fields()).as(answer.body()).containsExactlyInAnyOrder(fields.split(" "));
        assertThat(answer.body()).doesNotContain("secret77");
        answer.json().path("errors").forEach(error -> {
            String field = error.path("field").asString();
            assertThat(error.path("message").asString())
                    .as(answer.body())
                    .isNotBlank()
                    .doesNotContain("Exception");
            assertThat(field).isNotBlank();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        check_interval | 1.5
        check_interval | "soon"
        check_interval | 1e9
        check_interval | 0
        check_interval | -1
        """)
    void theMessageNamesTheFieldAndTheValueAsTheyWereWritten(String field, String value) {
        Answer answer = person.caller()
                .post(SERVICES, "{\"name\":\"x\",\"url\":\"http://a.test/\",\"%s\":%s}".formatted(field, value));

        String message = answer.text("/errors/0/message");
        assertThat(message).startsWith(field + " is ").contains("it must be");
        assertThat(message.toLowerCase(Locale.ROOT).replace("+", "")).contains(value.toLowerCase(Locale.ROOT));
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        Answer answer = person.caller()
                .post(SERVICES, "{\"name\":\"%s\",\"url\":\"http://a.test/\"}".formatted("x".repeat(201)));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.fields()).containsExactly("name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"name\":\"x\"",
                "{\"name\":\"x\",}",
                "{'name':'x'}",
                "{\"name\":NaN}",
                "nonsense",
                "{} {}",
                "{\"name\":\"x\"} trailing",
                "// comment\n{}",
                "\"text\"",
                "[1]",
                "null",
                "7",
                " ",
            })
    void whatIsNoJsonObjectIsRefused(String body) {
        Answer answer = person.caller().post(SERVICES, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertProblem(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/services, application/json",
        "PUT, /api/v1/services/{id}, application/json",
        "PATCH, /api/v1/services/{id}, application/merge-patch+json",
        "POST, /api/v1/services:test, application/json",
        "POST, /api/v1/auth/register, application/json",
        "POST, /api/v1/auth/login, application/json",
        "POST, /api/v1/auth/refresh, application/json",
    })
    void aRequestWithoutItsBodyIsRefused(String method, String path, String contentType) {
        Answer answer =
                person.caller().with("Content-Type", contentType).send(method, path.replace("{id}", "1"), new byte[0]);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertProblem(answer);
        assertThat(answer.text("/detail")).isEqualTo("the body is empty; send a JSON object");
    }

    @Test
    void aDeepBodyIsRefusedBeforeItIsUnderstood() {
        Answer answer = person.caller().post(SERVICES, "{\"name\":" + "[".repeat(100_000));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/detail")).contains("nested deeper than 32 levels");
    }

    @Test
    void aFieldThatIsThereTwiceIsRefused() {
        Answer answer = person.caller().post(SERVICES, "{\"name\":\"a\",\"name\":\"b\",\"url\":\"http://a.test/\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.fields()).containsExactly("name");
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        byte[] latin1 = "{\"name\":\"caf\u00e9\",\"url\":\"http://a.test/\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf16 = "{\"name\":\"x\",\"url\":\"http://a.test/\"}".getBytes(StandardCharsets.UTF_16);
        Caller json = person.caller().with("Content-Type", "application/json");

        for (byte[] body : new byte[][] {latin1, utf16}) {
            Answer answer = json.send("POST", SERVICES, body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text("/detail")).contains("not UTF-8");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/xml",
                "application/json; charset=ISO-8859-1",
                "nonsense",
            })
    void anotherContentTypeIsRefused(String contentType) {
        Answer answer = person.caller()
                .with("Content-Type", contentType)
                .send("POST", SERVICES, "{\"name\":\"x\",\"url\":\"http://a.test/\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).as(answer.body()).isEqualTo(415);
        assertProblem(answer);
        assertThat(answer.fields()).containsExactly("Content-Type");
    }

    @Test
    void threeMegabytesAreRefused() {
        byte[] body = new byte[3 * 1024 * 1024];
        Arrays.fill(body, (byte) ' ');
        Caller json = person.caller().with("Content-Type", "application/json");

        for (String path : new String[] {SERVICES, "/api/v1/auth/login", "/nowhere"}) {
            Answer answer = json.send("POST", path, body);
            assertThat(answer.status()).as(path).isEqualTo(413);
            assertProblem(answer);
        }
    }

    @ParameterizedTest(name = "{0} names {1}")
    @CsvSource({
        "limit=0, limit",
        "limit=501, limit",
        "limit=-1, limit",
        "limit=x, limit",
        "limit=1.5, limit",
        "limit=99999999999, limit",
        "page=0, page",
        "page=-3, page",
        "page=x, page",
        "page=99999999, page",
        "page=1&cursor=eA, page",
        "cursor=!!, cursor",
        "cursor=eA, cursor",
        "cursor=_w, cursor",
        "team=x, team",
    })
    void aParameterOutOfRangeIsRefused(String query, String field) {
        Answer answer = person.caller().get(SERVICES + "?" + query);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertProblem(answer);
        assertThat(answer.fields()).containsExactly(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"q=%00", "label=a:%00", "label=%00", "state=%00", "sort=%00", "q=%ff", "q=%ed%a0%80", "%00=x"})
    void aParameterThatIsNoTextIsRefusedOrFiltersNothing(String query) {
        Answer answer = person.caller().get(SERVICES + "?" + query);

        assertThat(answer.status()).as(answer.body()).isIn(200, 400);
    }

    @Test
    void addressesThatLeadNowhereAreSaidToBe() {
        assertThat(person.caller().get("/api/v1/nothing").status()).isEqualTo(404);
        assertThat(person.caller().get("/api/v1/services/999999").status()).isEqualTo(404);
        assertThat(person.caller().get("/api/v1/services/abc").status()).isEqualTo(404);
        assertThat(person.caller().get("/api/v1/services/99999999999999999999").status())
                .isEqualTo(404);
        Answer method = person.caller().send("PATCH", SERVICES, new byte[0]);
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("Allow")).isEqualTo("GET, POST");
        assertProblem(method);
        assertThat(person.caller().with("Accept", "text/html").get(SERVICES).status())
                .isEqualTo(406);
        assertThat(api.anybody().get("/api/v1/nothing").status()).isEqualTo(401);
        assertThat(api.anybody().get("/nothing").status()).isEqualTo(401);
        assertThat(api.anybody().get("/error").status()).isEqualTo(401);
        assertThat(api.anybody().get("/actuator/env").status()).isEqualTo(401);
        assertThat(person.caller().get("/actuator/env").status()).isEqualTo(404);
    }

    @Test
    void everyAnswerBearsTheIdOfItsRequest() {
        Answer ours = person.caller().get("/api/v1/nothing");
        assertThat(ours.header("X-Request-Id")).isNotBlank().isEqualTo(ours.text("/requestId"));

        Answer theirs = person.caller().with("X-Request-Id", "build-17").get(SERVICES);
        assertThat(theirs.header("X-Request-Id")).isEqualTo("build-17");

        Answer odd = person.caller().with("X-Request-Id", "a b;c").get(SERVICES);
        assertThat(odd.header("X-Request-Id")).isNotEqualTo("a b;c");
    }

    private void assertProblem(Answer answer) {
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text("/type")).startsWith("urn:health-checker:problem:");
        assertThat(answer.json().path("status").asInt()).isEqualTo(answer.status());
        assertThat(answer.text("/detail")).isNotBlank();
        assertThat(answer.text("/requestId")).isEqualTo(answer.header("X-Request-Id"));
        assertThat(answer.body())
                .doesNotContain("java.")
                .doesNotContain("Exception")
                .doesNotContain("\tat ");
    }

    private long stored() {
        return api.sql()
                .sql(
                        "SELECT (SELECT count(*) FROM service) + (SELECT count(*) FROM service_change) + (SELECT count(*) FROM idempotency)")
                .query(Long.class)
                .single();
    }
}
