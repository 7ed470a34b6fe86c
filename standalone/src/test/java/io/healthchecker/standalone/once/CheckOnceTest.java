package io.healthchecker.standalone.once;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import io.healthchecker.core.assertion.Assertions;
import io.healthchecker.core.assertion.Facts;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.check.StepResult;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.standalone.StartFailure;
import io.healthchecker.worker.check.Examined;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class CheckOnceTest {
    @Test
    void authoritiesThatCannotBeReadAreAnErrorOfTheCommand() {
        List<Wanted> wanted = Wanted.of("http://127.0.0.1:1/");
        assertThatThrownBy(() -> Checked.all(wanted, Path.of("no.pem"), null))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("trustedCertificates is no.pem; it must be a PEM file");
    }

    @Test
    void manyAreCheckedAndAnswerInOrder() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().endsWith("7") ? 500 : 204, -1);
            exchange.close();
        });
        server.start();
        try {
            List<Wanted> wanted = IntStream.range(0, 200)
                    .mapToObj(i -> "http://127.0.0.1:%d/%d"
                            .formatted(server.getAddress().getPort(), i))
                    .flatMap(url -> Wanted.of(url).stream())
                    .toList();

            List<Checked> checked = Checked.all(wanted);

            assertThat(checked).extracting(Checked::wanted).isEqualTo(wanted);
            assertThat(checked)
                    .allMatch(each -> each.isUp() != each.wanted().name().endsWith("7"));
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ftp://x            | url is "ftp://x"; it must be absolute and begin with http:// or https://
            tcp://x            | tcp://x cannot be read; it must look like tcp://host:port
            tcp://x:0          | port is 0; it must be 1 to 65535
            tcp://x:99999      | port is 99999; it must be 1 to 65535
            tls://             | tls:// cannot be read; it must look like tls://host or tls://host:port
            tls://x:0          | port is 0; it must be 1 to 65535
            no-such-file.yaml  | no-such-file.yaml does not exist; give a URL such as https://example.com/ or a YAML file
            """)
    void whatCannotBeCheckedIsNamed(String argument, String message) {
        assertThatThrownBy(() -> Wanted.of(argument))
                .isInstanceOf(StartFailure.class)
                .hasMessage(message);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "tcp://[::1]:25, tcp://[::1]:25",
        "TCP://mail.test:25/, tcp://mail.test:25",
        "tls://mail.test, tls://mail.test:443",
        "tls://[::1]:8443, tls://[::1]:8443",
        "dns:///a.test, dns:///a.test?type=A",
        "DNS://192.0.2.53:5353/a.test?type=mx, dns://192.0.2.53:5353/a.test?type=MX",
        "icmp://[::1], icmp://[::1]",
    })
    void anAddressSaysWhatIsWanted(String argument, String target) {
        assertThat(Wanted.of(argument)).extracting(Wanted::target).containsExactly(target);
    }

    @Test
    void aFileIsAllOfItsDocuments(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("shop.yaml"), """
                apiVersion: healthchecker.io/v1alpha1
                kind: HealthCheckService
                metadata: {name: shop}
                spec: {http: {url: "https://example.com/"}}
                ---
                apiVersion: healthchecker.io/v1alpha1
                kind: HealthCheckService
                metadata: {name: mail}
                spec: {tcp: {host: "::1", port: 25}}
                """);

        assertThat(Wanted.of(file.toString()))
                .extracting(Wanted::name, Wanted::target)
                .containsExactly(tuple("shop", "https://example.com/"), tuple("mail", "tcp://[::1]:25"));
    }

    @Test
    void aBrokenFileIsRefusedWithEveryFaultAndItsPlace(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("shop.yaml"), """
                apiVersion: healthchecker.io/v1alpha1
                kind: HealthCheckService
                metadata: {name: shop}
                spec: {http: {url: "ftp://example.com/"}, periodSeconds: 0}
                """);

        assertThatThrownBy(() -> Wanted.of(file.toString()))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(file + ":4:")
                .hasMessageContaining("spec.http.url is \"ftp://example.com/\"")
                .hasMessageContaining("spec.periodSeconds is 0");
    }

    @Test
    void aTableHasALineEachHarmlessOnATerminal() {
        assertThat(printed(Output.TABLE)).isEqualTo("""
                NAME             OUTCOME     LATENCY  WHY
                shop             UP           1.5 ms
                <a> & "b" \uFFFD[31m  DOWN         0.0 ms  ASSERTION_FAILED: body is \uFFFD[2J"x"
                ours             UNKNOWN      0.0 ms  WORKER_FAULT: The worker itself failed.
                """);
    }

    @Test
    void jsonHasAnObjectEach() {
        var json = JsonMapper.shared().readTree(printed(Output.JSON));

        assertThat(json.size()).isEqualTo(3);
        assertThat(json.get(0).get("outcome").asString()).isEqualTo("UP");
        assertThat(json.get(0).get("httpStatus").asInt()).isEqualTo(200);
        assertThat(json.get(0).get("phases").toString()).isEqualTo("{\"connectMicros\":1000}");
        assertThat(json.get(0).get("ip").asString()).isEqualTo("192.0.2.7");
        assertThat(json.get(0).get("assertions").toString())
                .isEqualTo("[{\"expression\":\"status==200\",\"explained\":\"status (200) == 200\",\"passed\":true}]");
        assertThat(json.get(1).get("detail").asString()).isEqualTo("body is \u001B[2J\"x\"");
    }

    @Test
    void junitTellsFailuresFromErrorsOfOurs() throws Exception {
        var xml = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(printed(Output.JUNIT).getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();

        assertThat(xml.getAttribute("tests")).isEqualTo("4");
        assertThat(xml.getAttribute("failures")).isEqualTo("1");
        assertThat(xml.getAttribute("errors")).isEqualTo("1");
        assertThat(xml.getElementsByTagName("failure")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("message")
                        .getNodeValue())
                .isEqualTo("ASSERTION_FAILED: body is \uFFFD[2J\"x\"");
    }

    @Test
    void junitHasATestCaseForEachStepAndAssertion() throws Exception {
        var text = new StringWriter();
        Output.JUNIT.print(List.of(journey()), new PrintWriter(text));
        var cases = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName("testcase");
        assertThat(IntStream.range(0, cases.getLength())
                        .mapToObj(cases::item)
                        .map(one -> one.getAttributes()
                                        .getNamedItem("classname")
                                        .getNodeValue()
                                + " | "
                                + one.getAttributes().getNamedItem("name").getNodeValue()
                                + (one.hasChildNodes()
                                        ? " | "
                                                + one.getFirstChild()
                                                        .getAttributes()
                                                        .getNamedItem("message")
                                                        .getNodeValue()
                                        : "")))
                .containsExactly(
                        "check | journey | ASSERTION_FAILED: step 2 of 2, basket: status (200) == 201",
                        "journey | step request",
                        "journey | step basket | step 2 of 2, basket: status (200) == 201",
                        "journey, step basket | status==201 | no basket: status (200) == 201");
    }

    @Test
    void eachStepIsShownWithItsOwnTimesAndAssertions() {
        var text = new StringWriter();
        Output.TABLE.print(List.of(journey()), new PrintWriter(text));
        assertThat(text.toString()).endsWith("""
                  step 1       request, status 204
                  connect            1.0 ms  ▇▇▇▇▇▇▇▇▇▇
                  first byte         2.0 ms            ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
                  step 2       basket, status 200, FAILED: step 2 of 2, basket: status (200) == 201
                  first byte         1.0 ms                                ▇▇▇▇▇▇▇▇▇▇
                  NOT TRUE     status (200) == 201
                """.indent(0));
        var json = JsonMapper.shared()
                .readTree(printed(Output.JSON, journey()))
                .get(0)
                .get("steps");
        assertThat(json.toString())
                .isEqualTo("[{\"name\":\"request\",\"passed\":true,\"httpStatus\":204,"
                        + "\"phases\":{\"connectMicros\":1000,\"firstByteMicros\":2000},\"assertions\":[]},"
                        + "{\"name\":\"basket\",\"passed\":false,"
                        + "\"failure\":\"step 2 of 2, basket: status (200) == 201\",\"httpStatus\":200,"
                        + "\"phases\":{\"firstByteMicros\":1000},\"assertions\":[{\"expression\":\"status==201\","
                        + "\"explained\":\"status (200) == 201\",\"passed\":false,\"message\":\"no basket\"}]}]");
    }

    private static String printed(Output output, Checked one) {
        var text = new StringWriter();
        output.print(List.of(one), new PrintWriter(text));
        return text.toString();
    }

    private static Checked journey() {
        String failure = "step 2 of 2, basket: status (200) == 201";
        var definition = Wanted.of("http://example.com/").getFirst().definition();
        var row = new Assertions.Row("status==201", "status (200) == 201", false, "no basket");
        var steps = List.of(
                new StepResult("request", 204, new PhaseTimes(-1, 1_000, -1, 2_000, -1), List.of(), null),
                new StepResult("basket", 200, new PhaseTimes(-1, -1, -1, 1_000, -1), List.of(row), failure));
        var result = new CheckResult(
                new Job(0, 0, 0, 0, JobKind.MANUAL),
                Outcome.DOWN,
                Reason.ASSERTION_FAILED,
                0,
                4_000,
                new PhaseTimes(-1, 1_000, -1, 3_000, -1),
                200,
                false,
                failure);
        return new Checked(new Wanted("journey", definition), new Examined(result, List.of(), Facts.NONE, steps));
    }

    private static String printed(Output output) {
        var text = new StringWriter();
        output.print(
                List.of(
                        checked("shop", Outcome.UP, Reason.OK, null),
                        checked(
                                "<a> & \"b\" \u001B[31m",
                                Outcome.DOWN,
                                Reason.ASSERTION_FAILED,
                                "body is \u001B[2J\"x\""),
                        checked("ours", Outcome.UNKNOWN, Reason.WORKER_FAULT, null)),
                new PrintWriter(text));
        return text.toString();
    }

    @Test
    void oneCheckAloneIsShownWithWhereItsTimeWentAndItsAssertions() {
        var text = new StringWriter();
        Output.TABLE.print(List.of(checked("shop", Outcome.UP, Reason.OK, null)), new PrintWriter(text));
        assertThat(text.toString())
                .contains("  connect            1.0 ms  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇\n")
                .contains("  address      192.0.2.7\n")
                .contains("  true         status (200) == 200\n");
    }

    private static Checked checked(String name, Outcome outcome, Reason reason, @Nullable String detail) {
        var definition = Wanted.of("http://example.com/").getFirst().definition();
        boolean up = outcome == Outcome.UP;
        return new Checked(
                new Wanted(name, definition),
                new Examined(
                        new CheckResult(
                                new Job(0, 0, 0, 0, JobKind.MANUAL),
                                outcome,
                                reason,
                                0,
                                up ? 1_500 : 0,
                                up ? new PhaseTimes(-1, 1_000, -1, -1, -1) : PhaseTimes.EMPTY,
                                up ? 200 : 0,
                                false,
                                detail),
                        up ? List.of(new Assertions.Row("status==200", "status (200) == 200", true, null)) : List.of(),
                        Facts.NONE.withIp("192.0.2.7"),
                        List.of()));
    }
}
