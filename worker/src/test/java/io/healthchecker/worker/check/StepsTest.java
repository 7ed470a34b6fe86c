package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.assertion.Assertions;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.check.StepResult;
import io.healthchecker.core.service.DefinitionJson;
import io.healthchecker.core.service.DefinitionRules;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.service.Violation;
import io.healthchecker.crds.Definition;
import io.healthchecker.testing.StubServer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Each step of an HTTP check has its own times and assertions, and the first that fails is the reason. */
class StepsTest {
    @AutoClose
    private static final TestProbers probers = TestProbers.standalone();

    private final StubServer shop = StubServer.start(connection -> {
        String request = connection.request();
        if (request.startsWith("GET /slow")) {
            connection.pause(600);
        }
        if (request.startsWith("GET /never")) {
            connection.hang();
        }
        connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"token\":\"abc\",\"items\":[1,2]}");
    });

    @AfterEach
    void closeShop() {
        shop.close();
    }

    private Examined examine(String steps, int timeoutSeconds) {
        return probers.probers()
                .examine(definition(steps, timeoutSeconds))
                .toCompletableFuture()
                .orTimeout(80, TimeUnit.SECONDS)
                .join();
    }

    private Definition definition(String steps, int timeoutSeconds) {
        return DefinitionJson.read("""
                {"http": {"url": "%s", "capture": [{"name": "token", "jsonPath": "$.token"}], "steps": [%s]},
                 "periodSeconds": 120, "timeoutSeconds": %d}
                """.formatted(shop.url("/login"), steps, timeoutSeconds));
    }

    @Test
    void eachHasItsOwnTimesAndAssertions() {
        Examined seen = examine("""
                {"name": "slow", "url": "/slow", "assertions": [
                    {"expression": "phases.firstByteMillis >= 500.0"},
                    {"expression": "latencyMillis < 60000.0 && captures['token'] == 'abc'"}]},
                {"name": "items", "url": "/items", "assertions": [
                    {"expression": "json.items.size() == 2"}, {"expression": "phases.firstByteMillis > 0.0"}]}
                """, 60);
        assertThat(seen.result().reason()).as("%s", seen).isEqualTo(Reason.OK);
        assertThat(seen.steps()).extracting(StepResult::name).containsExactly("request", "slow", "items");
        assertThat(seen.steps()).allSatisfy(step -> {
            assertThat(step.status()).isEqualTo(200);
            assertThat(step.failure()).isNull();
            assertThat(step.phases().connectMicros()).isNotNegative();
            assertThat(step.phases().tlsMicros()).isEqualTo(PhaseTimes.NONE);
            assertThat(step.phases().transferMicros()).isNotNegative();
        });
        assertThat(seen.steps().get(1).phases().firstByteMicros()).isGreaterThan(500_000);
        assertThat(seen.steps().stream()
                        .mapToInt(step -> step.phases().firstByteMicros())
                        .sum())
                .as("together they are what is stored")
                .isBetween(
                        seen.result().phases().firstByteMicros() - 10,
                        seen.result().phases().firstByteMicros());
        assertThat(seen.steps().get(2).assertions())
                .extracting(Assertions.Row::passed)
                .containsExactly(true, true);
        for (StepResult step : seen.steps().subList(1, 3)) {
            assertThat(step.assertions())
                    .as("the times are the step's own")
                    .anyMatch(row -> row.explained()
                            .startsWith("phases.firstByteMillis (%s)"
                                    .formatted(step.phases().firstByteMicros() / 1e3)));
        }
    }

    @Test
    void theFirstThatFailsIsTheReasonAndTheLastThatIsTaken() {
        Examined seen = examine("""
                {"name": "items", "url": "/items", "assertions": [
                    {"expression": "json.items.size() == 2"},
                    {"expression": "json.items.size() > 2", "message": "the basket is empty"}]},
                {"name": "pay", "url": "/pay", "assertions": [{"expression": "status == 500"}]}
                """, 60);
        assertThat(seen.result().outcome()).isEqualTo(Outcome.DOWN);
        assertThat(seen.result().reason()).isEqualTo(Reason.ASSERTION_FAILED);
        assertThat(seen.result().detail())
                .isEqualTo("step 2 of 3, items: the basket is empty: json.items.size() (2) > 2");
        assertThat(seen.steps()).extracting(StepResult::name).containsExactly("request", "items");
        StepResult failed = seen.steps().getLast();
        assertThat(failed.failure()).isEqualTo(seen.result().detail());
        assertThat(failed.assertions()).extracting(Assertions.Row::passed).containsExactly(true, false);
        assertThat(shop.requests()).noneMatch(request -> request.startsWith("GET /pay"));
    }

    @Test
    void aStepThatIsNotAnsweredEndsWithTheTimeThatPassedInIt() {
        Examined seen = examine("{\"name\": \"wait\", \"url\": \"/never\"}, {\"name\": \"b\", \"url\": \"/b\"}", 2);
        assertThat(seen.result().reason()).isEqualTo(Reason.TIMEOUT_RESPONSE);
        StepResult waiting = seen.steps().getLast();
        assertThat(waiting.name()).isEqualTo("wait");
        assertThat(waiting.status()).isZero();
        assertThat(waiting.failure()).contains("in step 2 of 3, wait");
        assertThat(waiting.phases().firstByteMicros()).isGreaterThan(500_000);
        assertThat(waiting.phases().transferMicros()).isEqualTo(PhaseTimes.NONE);
    }

    @Test
    void anExpressionThatCannotBeReadIsRefusedByTheNameOfItsField() {
        List<Violation> violations = DefinitionRules.violations(
                definition(
                        "{\"name\": \"a\", \"url\": \"/a\", \"assertions\": [{\"expression\": \"statu == 200\"}]}", 5),
                Source.REST);
        assertThat(violations).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo("http.steps[0].assertions[0].expression");
            assertThat(violation.message()).startsWith("http.steps[0].assertions[0].expression, column 1: ");
        });
    }
}
