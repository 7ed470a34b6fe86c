package io.healthchecker.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.testing.CommittedFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {
    private static final CommittedFile DOCUMENT =
            new CommittedFile(Path.of("../docs/reference/openapi.json"), OpenApiTest.class, "openapi.write");

    private final Api api = Api.shared();

    @Test
    void theCommittedDocumentIsTheOneThatIsServed() {
        String served = JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(document())
                + "\n";
        DOCUMENT.assertIs(served);
    }

    @Test
    void everyOperationSaysWhatItDoesTakesAndRefuses() {
        List<String> missing = new ArrayList<>();
        document()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(entry -> {
                    String name = entry.getKey() + " " + path.getKey();
                    JsonNode operation = entry.getValue();
                    note(missing, operation.path("summary").asString("").isBlank(), name + ": summary");
                    note(missing, operation.path("description").asString("").isBlank(), name + ": description");
                    note(missing, operation.path("tags").isEmpty(), name + ": tag");
                    note(missing, !operation.has("security"), name + ": security");
                    note(missing, problems(operation) == 0, name + ": problems");
                    note(missing, hasBodyWithoutExample(operation), name + ": example of a body");
                    operation
                            .path("parameters")
                            .forEach(parameter -> note(
                                    missing,
                                    !parameter.has("example")
                                            && !parameter.path("schema").has("example")
                                            && !parameter
                                                    .path("name")
                                                    .asString()
                                                    .equals("cursor"),
                                    name + ": example of "
                                            + parameter.path("name").asString()));
                }));
        assertThat(missing).isEmpty();
    }

    @Test
    void theBoundsOfADefinitionAreTold() {
        JsonNode schemas = document().at("/components/schemas");

        assertThat(schemas.at("/ServiceBody/properties/periodSeconds/maximum").asInt())
                .isEqualTo(86_400);
        assertThat(schemas.at("/ServiceBody/properties/http").isMissingNode()).isFalse();
        assertThat(schemas.at("/HttpProbe/properties/url/maxLength").asInt()).isEqualTo(2_048);
        assertThat(schemas.at("/TcpProbe/required").toString()).isEqualTo("[\"host\",\"port\"]");
        assertThat(schemas.at("/ServiceBody/properties/timeoutSeconds/description")
                        .asString())
                .contains("below periodSeconds");
        assertThat(schemas.at("/Problem/properties/errors").isMissingNode()).isFalse();
        assertThat(schemas.propertyNames()).doesNotContain("HttpHeaders", "HttpStatusCode", "MediaType");
    }

    @Test
    void thePageIsThereWithoutATokenAndLoadsNothingFromElsewhere() {
        Answer page = api.anybody().get("/swagger/index.html");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body()).contains("openapi.json").doesNotContain("http://", "https://");
        assertThat(page.header("Content-Security-Policy")).contains("script-src 'self';");
        for (String part : List.of("swagger-ui.css", "swagger-ui-bundle.js", "start.js", "favicon-32x32.png")) {
            assertThat(api.anybody().get("/swagger/" + part).status()).as(part).isEqualTo(200);
        }
        for (String path : List.of("/swagger", "/swagger/", "/swagger-ui.html")) {
            assertThat(api.anybody().get(path).header("Location")).as(path).endsWith("/swagger/index.html");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/swagger/../api/v1/services",
                "/swagger/%2e%2e/api/v1/services",
                "/swagger/..%2fapi/v1/services",
                "/swagger/;/../../api/v1/services",
                "/swagger//../api/v1/services",
                "//api/v1/services",
                "/api/v1/services/",
                "/api/v1/services;x=/swagger/",
                "/API/v1/services",
            })
    void noDetourLeadsPastTheToken(String path) {
        assertThat(api.anybody().get(path).status()).isIn(400, 401);
    }

    private JsonNode document() {
        return api.anybody().get("/openapi.json").json();
    }

    private static long problems(JsonNode operation) {
        return operation.get("responses").properties().stream()
                .filter(response -> response.getKey().compareTo("400") >= 0)
                .filter(response -> response.getValue()
                        .at("/content/application~1problem+json/schema/$ref")
                        .asString("")
                        .endsWith("/Problem"))
                .count();
    }

    private static boolean hasBodyWithoutExample(JsonNode operation) {
        JsonNode content = operation.at("/requestBody/content");
        if (content.isMissingNode()) {
            return false;
        }
        return content.properties().stream()
                .map(java.util.Map.Entry::getValue)
                .anyMatch(media -> !media.has("example")
                        && !media.has("examples")
                        && !media.path("schema").has("$ref"));
    }

    private static void note(List<String> missing, boolean isMissing, String what) {
        if (isMissing) {
            missing.add(what);
        }
    }
}
