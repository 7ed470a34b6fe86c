package io.healthchecker.api.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Caller;
import io.healthchecker.core.service.DefinitionFile;
import io.healthchecker.core.service.DefinitionReader;
import io.healthchecker.core.service.NamedDefinition;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.HttpProbe;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnershipTest {
    private static final String SERVICES = "/api/v1/services";

    private final Api api = Api.shared();
    private final Caller caller = api.somebody().caller();

    @ParameterizedTest
    @CsvSource({
        "2, web.yaml#shop, file web.yaml#shop",
        "3, east/shop/checkout, HealthCheckService shop/checkout of cluster east"
    })
    void whatAnotherSourceOwnsIsReadOnlyUntilItIsAdopted(int source, String owner, String inWords) {
        String path = path(create("owned", ""));
        give(path, source, owner, null);

        Answer refused = caller.patch(path, "{\"suspend\":true}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/detail"))
                .isEqualTo("service %1$s belongs to %2$s; change it there, or POST /api/v1/services/%1$s/adopt"
                        .formatted(path.substring(SERVICES.length() + 1), inWords));

        Answer adopted = caller.with("If-Match", "\"1\"").send("POST", path + "/adopt", new byte[0]);
        assertThat(adopted.status()).as(adopted.body()).isEqualTo(200);
        assertThat(adopted.text("/source")).isEqualTo("rest");
        assertThat(adopted.json().has("owner")).isFalse();
        assertThat(adopted.text("/name")).isEqualTo("owned");
        assertThat(adopted.header("ETag")).isEqualTo("\"2\"");
        assertThat(caller.patch(path, "{\"suspend\":true}").status()).isEqualTo(200);
    }

    @Test
    void aResourceLeadsToItsService() {
        String path = path(create("linked", ""));
        give(path, 3, "west/shop/linked", null);

        assertThat(SERVICES
                        + "/"
                        + caller.get("/api/v1/kubernetes/west/shop/linked").text("/serviceId"))
                .isEqualTo(path);
        assertThat(api.somebody()
                        .caller()
                        .get("/api/v1/kubernetes/west/shop/linked")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatIsOnesOwnStaysAsItIs() {
        String path = path(create("mine", ""));

        assertThat(caller.post(path + "/adopt", "{}").header("ETag")).isEqualTo("\"1\"");
    }

    @Test
    void anOlderVersionIsNotAdopted() {
        String path = path(create("older", ""));
        give(path, 2, "older.yaml#a", null);

        assertThat(caller.with("If-Match", "\"7\"").post(path + "/adopt", "{}").status())
                .isEqualTo(412);
        assertThat(caller.get(path).text("/source")).isEqualTo("file");
    }

    @Test
    void aSecretOfKubernetesHasToBeWrittenAnew() {
        String path = path(create("secret", ""));
        give(path, 3, "default/shop/secret", """
                {"http":{"url":"https://a.test/","headers":[{"name":"X-Token","valueFrom":{"secretKeyRef":{"name":"a","key":"b"}}}]}}""");

        Answer refused = caller.post(path + "/adopt", "{}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.fields()).containsExactly("http.headers[0].valueFrom");
        assertThat(caller.get(path).text("/source")).isEqualTo("kubernetes");

        Answer adopted =
                caller.post(path + "/adopt", "{\"http\":{\"headers\":[{\"name\":\"X-Token\",\"value\":\"abc\"}]}}");
        assertThat(adopted.status()).as(adopted.body()).isEqualTo(200);
        assertThat(adopted.text("/http/headers/0/value")).isEqualTo("***");
    }

    @Test
    void anExportIsTheServiceWithoutItsSecrets() {
        Answer created = create("Käse & Brot (EU)", """
                ,"method":"POST","body":"{\\"a\\": 1}","expectedStatus":["200","404"],"headers":[{"name":"Authorization","value":"Bearer topsecret"},\
                {"name":"authorization","value":"topsecret too"},{"name":"Accept","value":"text/html"}]""");
        String id = path(created).substring(SERVICES.length() + 1);

        Answer exported = caller.get(path(created) + "/manifest");

        assertThat(exported.header("Content-Type")).startsWith("application/yaml");
        assertThat(exported.body())
                .doesNotContain("topsecret")
                .contains("# Service " + id)
                .contains("kubectl create secret generic kase-brot-eu-probe --from-literal=authorization=…"
                        + " --from-literal=authorization-2=…");
        DefinitionFile read = DefinitionReader.read("a.yaml", exported.body().getBytes(UTF_8));
        assertThat(read.errors())
                .extracting(error -> error.field())
                .containsExactly("spec.http.headers[0].valueFrom", "spec.http.headers[1].valueFrom");
    }

    @Test
    void anExportIsReadAsWhatItWas() {
        Answer created = create("1.5", ",\"expectedStatus\":[\"404\"],\"bodyContains\":\"yes: # \\\"no\\\"\\n---\\n\"");

        String exported = caller.get(path(created) + "/manifest").body();

        DefinitionFile read = DefinitionReader.read("a.yaml", exported.getBytes(UTF_8));
        assertThat(read.errors()).isEmpty();
        assertThat(exported).contains("name: \"1-5\"").contains("healthchecker.io/adopt: \"");
        assertThat(read.definitions().stream().map(NamedDefinition::definition).map(Definition::http))
                .extracting(HttpProbe::bodyContains, HttpProbe::expectedStatus)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("yes: # \"no\"\n---\n", List.of("404")));
    }

    @Test
    void anExportedResourceIsTheOneThatItIs() {
        String path = path(create("shop/checkout", ""));
        give(path, 3, "north/shop/checkout", """
                {"http":{"url":"https://a.test/","headers":[{"name":"X-Token","valueFrom":{"secretKeyRef":{"name":"a","key":"b"}}}]}}""");

        assertThat(caller.get(path + "/manifest").body())
                .contains("name: \"checkout\"", "namespace: \"shop\"", "key: \"b\"")
                .doesNotContain("adopt", "kubectl");
    }

    @Test
    void aNameWithoutALatinLetterBecomesANumber() {
        Answer created = create("検査", "");

        assertThat(caller.get(path(created) + "/manifest").body())
                .contains("name: \"service-" + path(created).substring(SERVICES.length() + 1) + "\"");
    }

    /** As if another source had made it. */
    private void give(String path, int source, String owner, String definition) {
        api.sql()
                .sql("""
                        UPDATE service
                           SET source = :source, owner = :owner,
                               definition = coalesce(CAST(:definition AS jsonb), definition)
                         WHERE id = :id
                        """)
                .params(Map.of(
                        "source", source, "owner", owner, "id", Long.valueOf(path.substring(SERVICES.length() + 1))))
                .param("definition", definition)
                .update();
    }

    private Answer create(String name, String fields) {
        Answer created = caller.post(
                SERVICES, "{\"name\":\"%s\",\"http\":{\"url\":\"https://a.test/\"%s}}".formatted(name, fields));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created;
    }

    private static String path(Answer created) {
        return SERVICES + "/" + created.json().get("id").asLong();
    }
}
