package io.healthchecker.standalone.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.assertion.Assertions;
import io.healthchecker.core.assertion.Facts;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.check.StepResult;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.worker.check.Examined;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class OutputTest {
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
