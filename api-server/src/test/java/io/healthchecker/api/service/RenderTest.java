package io.healthchecker.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Caller;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Forms and custom resources are two writings of one thing. */
class RenderTest {
    private final Caller caller = Api.shared().somebody().caller();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"http\":{\"url\":\"https://a.test/?b=c#d\",\"expectedStatus\":[\"200-299\",\"404\"],\"bodyContains\":\"yes: \\\"no\\\"\\n---\\n\"}",
                "\"tcp\":{\"host\":\"192.0.2.7\",\"port\":5432,\"tls\":true},\"periodSeconds\":30,\"failureThreshold\":3",
                "\"tls\":{\"host\":\"a.test\",\"certificateExpiresInDays\":14}",
                "\"dns\":{\"name\":\"a.test\",\"type\":\"AAAA\",\"expectedAnswers\":[\"2001:db8::1\"]}",
                "\"icmp\":{\"host\":\"::1\",\"count\":3}",
                "\"grpc\":{\"host\":\"shop\",\"port\":443,\"service\":\"true\"}",
                "\"websocket\":{\"url\":\"wss://a.test/live\",\"message\":\"- {\\\"a\\\": 1}\"}",
                "\"heartbeat\":{\"cron\":\"0 3 * * *\",\"timeZone\":\"Europe/Berlin\"}",
                "\"http\":{\"url\":\"https://a.test/\"},\"labels\":{\"tier\":\"1\",\"env\":\"no\"},\"suspend\":true"
            })
    void aFormIsReadBackAsWhatItWas(String fields) {
        String form = "{\"name\":\"cart-api\",%s}".formatted(fields);

        Answer yaml = render(form);
        assertThat(yaml.status()).as(yaml.body()).isEqualTo(200);
        assertThat(yaml.header("Content-Type")).startsWith("application/yaml");
        assertThat(yaml.body())
                .startsWith("apiVersion:")
                .contains("name: \"cart-api\"")
                .doesNotContain("adopt");

        Answer read = parse(yaml.body());
        assertThat(read.status()).as(read.body()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(JsonMapper.shared().readTree(form));
    }

    @Test
    void aFormNeedNotBeFinished() {
        assertThat(render("{}").body()).contains("kind: \"HealthCheckService\"");
        assertThat(render("{\"name\":\"Käse & Brot\",\"url\":\"not yet an addr\",\"check_interval\":0}")
                        .body())
                .contains("name: \"kase-brot\"", "url: \"not yet an addr\"", "periodSeconds: 0");
        assertThat(render("{\"http\":{\"adress\":\"x\"}}").fields()).containsExactly("http.adress");
    }

    @Test
    void whatOnlyAnApiServerWritesIsPassedOver() {
        String printed = """
                apiVersion: v1
                kind: List
                metadata: {resourceVersion: ""}
                items:
                - apiVersion: healthchecker.io/v1alpha1
                  kind: HealthCheckService
                  metadata:
                    annotations: {kubectl.kubernetes.io/last-applied-configuration: "{}"}
                    creationTimestamp: "2026-01-01T00:00:00Z"
                    generation: 3
                    labels: {tier: "1"}
                    managedFields: [{manager: kubectl, operation: Update}]
                    name: cart-api
                    namespace: shop
                    ownerReferences: [{kind: Cart, name: cart}]
                    resourceVersion: "4711"
                    uid: 0d1f7a4e-0000-4000-8000-000000000000
                  spec:
                    tcp: {host: 192.0.2.7, port: 5432}
                  status: {observedGeneration: 3, state: Up}
                """;

        Answer read = parse(printed);
        assertThat(read.status()).as(read.body()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(JsonMapper.shared().readTree("""
                {"name": "cart-api", "tcp": {"host": "192.0.2.7", "port": 5432}, "labels": {"tier": "1"}}"""));
        assertThat(parse(printed.replace("generation", "generations")).fields())
                .containsExactly("items[0].metadata.generations");
    }

    @Test
    void whatMayBeASecretIsNotWritten() {
        Answer yaml = render(
                "{\"name\":\"a\",\"http\":{\"url\":\"https://a.test/\",\"headers\":[{\"name\":\"Authorization\",\"value\":\"topsecret\"}]}}");

        assertThat(yaml.body()).doesNotContain("topsecret").contains("secretKeyRef", "kubectl create secret");
    }

    @Test
    void whatIsWrongIsNamedWithItsPlace() {
        String wrong = """
                apiVersion: healthchecker.io/v1alpha1
                kind: HealthCheckService
                metadata: {name: a}
                spec:
                  http: {url: "https://a.test/"}
                  periodSeconds: 0
                """;
        Answer refused = parse(wrong);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.fields()).containsExactly("spec.periodSeconds");
        assertThat(refused.text("/errors/0/message")).startsWith("line 6, column ");
        assertThat(parse(wrong.replace("periodSeconds: 0", "") + "---\n"
                                + wrong.replace("periodSeconds: 0", "").replace("name: a", "name: b"))
                        .text("/detail"))
                .contains("there are 2 services");
        assertThat(parse("{").status()).isEqualTo(422);
        assertThat(parse("").status()).isEqualTo(422);
        assertThat(parse("a: &a [*a]").status()).isEqualTo(422);
        assertThat(parse("x".repeat(1_100_000)).status()).isEqualTo(413);
        assertThat(caller.post("/api/v1/services:parse", "{}").status()).isEqualTo(415);
    }

    private Answer render(String form) {
        return caller.post("/api/v1/services:render", form);
    }

    private Answer parse(String yaml) {
        return caller.with("Content-Type", "application/yaml")
                .send("POST", "/api/v1/services:parse", yaml.getBytes(StandardCharsets.UTF_8));
    }
}
