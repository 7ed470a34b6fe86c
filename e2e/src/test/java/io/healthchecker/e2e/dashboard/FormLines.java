package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import io.healthchecker.e2e.Copied;
import io.healthchecker.testing.ApiClient;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The form of a service: what it says, what it tries and what it keeps. */
abstract class FormLines {
    private final Dashboard dashboard;

    FormLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void aTrialLeavesNothingBehindAndACheckLeavesOneResult() {
        ApiClient api = dashboard.api();
        try (Tab tab = dashboard.tab()) {
            int services = api.get("/api/v1/services?q=trial-only")
                    .body()
                    .path("items")
                    .size();
            var page = tab.open("/services/new");
            page.fill("[id='field-name']", "trial-only");
            page.fill("[id='field-http.url']", dashboard.deadUrl());
            Response trial = page.waitForResponse(
                    response -> response.url().endsWith("/services:test"),
                    () -> page.keyboard().press("Control+Enter"));
            page.waitForSelector(".side .result");
            JsonNode tried = JsonMapper.shared().readTree(trial.body());
            long micros = 0;
            for (JsonNode phase : tried.path("phases")) {
                micros += phase.asLong();
            }
            assertThat(micros)
                    .isPositive()
                    .isCloseTo(tried.path("latencyMicros").asLong(), within(1_000L));
            assertThat(page.innerText(".side .result")).contains("Down", "HTTP 503");
            assertThat(api.get("/api/v1/services?q=trial-only").body().path("items"))
                    .hasSize(services);
            assertThat(dashboard.fleet().heardOf("trial-only"))
                    .as("events, and results of no service")
                    .isZero();
            double sum = tab.number(
                    "[...document.querySelectorAll('.side .phases > svg rect')].reduce((sum, r) => sum + +r.getAttribute('width'), 0)");
            assertThat(sum).isBetween(0.0, 100.5);

            page.fill("[id='field-periodSeconds']", "0");
            page.click("button.primary:has-text('Save')");
            page.waitForSelector(".failure [href^='#field-']");
            assertThat(page.getAttribute("[id='field-periodSeconds']", "aria-invalid"))
                    .isEqualTo("true");

            page.fill("[id='field-periodSeconds']", "3600");
            page.click("button.primary:has-text('Save')");
            page.waitForURL(url -> url.matches(".*/services/\\d+"));
            page.waitForSelector(".service-head");
            String id = page.url().replaceAll(".*/", "");
            assertThat(api.get("/api/v1/services/" + id)
                            .body()
                            .path("periodSeconds")
                            .asInt())
                    .isEqualTo(3600);
            assertThat(asked(api, id)).isZero(); // its first checks come by themselves
            page.click("button:has-text('Check now')");
            page.waitForSelector(".toast");
            Awaitility.await()
                    .during(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> asked(api, id) == 1); // there is one location
            page.click("[aria-label=More]");
            page.click(".menu >> text=Delete");
            page.waitForSelector("dialog[open] button.danger[disabled]");
            page.fill("dialog[open] input", "1");
            page.click("dialog[open] button.danger");
            page.waitForURL(url -> url.endsWith("/services"));
            assertThat(api.get("/api/v1/services/" + id).status()).isEqualTo(404);
            assertThat(tab.complaints()).isEmpty();
        }
    }

    /** How many results there are of checks that somebody asked for. */
    private static int asked(ApiClient api, String id) {
        int asked = 0;
        for (JsonNode result :
                api.get("/api/v1/services/" + id + "/health-checks").body().path("items")) {
            asked += result.path("kind").asString().equals("MANUAL") ? 1 : 0;
        }
        return asked;
    }

    @Test
    void theYamlOfTheFormIsWhatTheFormSays() {
        try (Tab tab = dashboard.anonymous()) {
            var page = tab.open("/login");
            Copied.FORMS.forEach((kind, probe) -> {
                Map<String, Object> body = Map.of(
                        "name",
                        "Shop: Käse & Öl",
                        kind,
                        probe,
                        "periodSeconds",
                        30,
                        "labels",
                        Map.of("tier", "1", "on", "off", "empty", ""));
                String yaml = (String) page.evaluate(
                        "async body => (await import(document.querySelector('script[type=module]').src.replace('main.js', 'yaml.js'))).manifest(body)",
                        body);
                var read = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
                assertThat(read.get("metadata")).isEqualTo(Map.of("name", "shop-kase-ol"));
                assertThat(read.get("spec"))
                        .as(yaml)
                        .isEqualTo(Map.of(kind, probe, "periodSeconds", 30, "labels", body.get("labels")));
            });
        }
    }

    @Test
    void pastedYamlFillsTheForm() {
        try (Tab tab = dashboard.tab()) {
            Page page = tab.settled("/services/new");
            Copied.FORMS.forEach((kind, probe) -> {
                Map<String, Object> body = Map.of(
                        "name", "shop", kind, probe, "periodSeconds", 30, "labels", Map.of("tier", "1", "on", "off"));
                Object read = page.evaluate("""
                        async body => {
                          const base = document.querySelector('script[type=module]').src.replace('main.js', '');
                          const [{ manifest }, { readYaml, formOf, bodyOf }] = await Promise.all(['yaml.js', 'screens/edit.js'].map(file => import(base + file)));
                          return bodyOf(formOf(await readYaml(manifest(body)), true));
                        }""", body);
                assertThat(read).as(kind).isEqualTo(body);
            });

            page.click("text=Paste YAML");
            page.fill("dialog textarea", "kind: Deployment");
            page.click("dialog button.primary");
            page.waitForSelector("dialog [role=alert]");
            page.fill("dialog textarea", """
                    apiVersion: healthchecker.io/v1alpha1
                    kind: HealthCheckService
                    metadata: {name: pasted}
                    spec:
                      tcp: {host: 192.0.2.7, port: 5432}
                      periodSeconds: 45
                    """);
            page.click("dialog button.primary");
            page.waitForSelector("[id='field-tcp.host']");
            assertThat(page.inputValue("[id='field-name']")).isEqualTo("pasted");
            assertThat(page.inputValue("[id='field-tcp.host']")).isEqualTo("192.0.2.7");
            assertThat(page.inputValue("[id='field-periodSeconds']")).isEqualTo("45");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void aKeyIsNeitherInTheYamlNorInTheDraft() {
        try (Tab tab = dashboard.tab()) {
            Page page = tab.settled("/services/new");
            page.fill("[id='field-name']", "guarded");
            page.fill("[id='field-http.url']", "https://shop.example.com/");
            page.click("summary");
            page.fill("[id='field-http.clientCertificate.certificate.value']", "shown");
            page.fill("[id='field-http.clientCertificate.privateKey.value']", "s3cr3t-key");
            page.fill("[id='field-http.proxy.host']", "proxy.example.com");
            page.fill("[id='field-http.proxy.basic.username']", "checker");
            page.fill("[id='field-http.proxy.basic.password.value']", "s3cr3t-word");
            page.click("text=Add a request");
            page.fill("[id='field-http.steps[0].url']", "/cart");
            page.fill("[id='field-http.steps[0].assertions']", "status == 201");
            page.keyboard().press("Tab");
            page.waitForSelector(".yaml:has-text('status == 201')");

            String yaml = page.innerText(".yaml");
            assertThat(yaml)
                    .contains("host: proxy.example.com", "username: checker", "secretKeyRef", "name: guarded-probe")
                    .doesNotContain("s3cr3t");
            assertThat(page.evaluate("JSON.stringify({...sessionStorage})"))
                    .asString()
                    .contains("/cart")
                    .doesNotContain("s3cr3t");
            page.click("button.primary:has-text('Save')");
            page.waitForSelector(".failure"); // the proxy has no port
            assertThat(page.getAttribute("[id='field-http.proxy.port']", "aria-invalid"))
                    .isEqualTo("true");
            page.evaluate("sessionStorage.removeItem('hc.draft')");
        }
    }
}
