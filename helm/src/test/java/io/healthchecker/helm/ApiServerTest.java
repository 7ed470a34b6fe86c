package io.healthchecker.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real API server makes of the committed definition, without the policies of the chart. */
class ApiServerTest {
    private static final Path CRD = Chart.checkout()
            .resolve("crds/src/main/resources/META-INF/fabric8/healthcheckservices.healthchecker.io-v1.yml");

    // one of its own: policies of the chart would have a say in the others
    private static final TestKubernetes KUBERNETES = TestKubernetes.start();

    private final KubernetesClient client = KUBERNETES.client();

    record Case(String spec, String message) {
        @Override
        public String toString() {
            return spec;
        }
    }

    @BeforeAll
    static void theDefinitionIsAppliedAndAppliedAgain() {
        String first = KUBERNETES.apply(CRD).getFirst().getMetadata().getResourceVersion();
        HasMetadata again = KUBERNETES.apply(CRD).getFirst();

        assertThat(again.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(first).isNotNull();
    }

    @AfterAll
    static void end() {
        KUBERNETES.close();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatIsWrongIsRefusedWithWhatToDo(Case bad) {
        assertThatThrownBy(() -> create(bad.spec()))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refused ->
                                assertThat(withoutValue(refused.getMessage())).contains(bad.message()));
    }

    static Stream<Case> bad() {
        return Arrays.stream(read("bad-manifests.txt").split("\n\n+"))
                .filter(part -> part.startsWith("{"))
                .map(part -> part.strip().split("\n=> "))
                .map(part -> new Case(part[0], part[1]));
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatIsRightIsTaken(String spec) {
        HealthCheckService made = Serialization.unmarshal(Serialization.asJson(create(spec)), HealthCheckService.class);

        assertThat(made.getSpec().probe()).isNotNull();
        assertThat(made.getSpec().periodSeconds()).isNotNull();
    }

    static Stream<String> good() {
        return read("good-manifests.txt").lines().filter(line -> line.startsWith("{"));
    }

    @Test
    void bothTablesAreLongEnough() {
        assertThat(bad().count()).isGreaterThanOrEqualTo(40);
        assertThat(good().count()).isGreaterThanOrEqualTo(20);
    }

    @Test
    void aNewResourceIsNotSettledBeforeItsFirstVisit() {
        String namespace = KUBERNETES.freshNamespace();
        GenericKubernetesResource made = client.resource(resource("{tcp: {host: db, port: 1}}"))
                .inNamespace(namespace)
                .create();

        HealthCheckService service = Serialization.unmarshal(Serialization.asJson(made), HealthCheckService.class);
        assertThat(service.getStatus().observedGeneration()).isEqualTo(-1);
    }

    @Test
    void resourcesAreFoundByStateAndSuspension() {
        String namespace = KUBERNETES.freshNamespace();
        client.resource(resource("{tcp: {host: db, port: 1}}"))
                .inNamespace(namespace)
                .create();
        GenericKubernetesResource suspended = resource("{tcp: {host: db, port: 1}, suspend: true}");
        suspended.getMetadata().setName("b");
        client.resource(suspended).inNamespace(namespace).create();

        var services = client.resources(HealthCheckService.class).inNamespace(namespace);
        assertThat(services.withField("spec.suspend", "true").list().getItems()).hasSize(1);
        assertThat(services.withField("spec.suspend", "false").list().getItems())
                .hasSize(1);
        assertThat(services.withField("status.state", "Down").list().getItems()).isEmpty();
    }

    @Test
    void everyFieldIsExplained() throws IOException {
        // what kubectl explain reads; it is published some time after the definition is established
        String published = await().atMost(Duration.ofSeconds(60))
                .until(() -> client.raw("/openapi/v3/apis/healthchecker.io/v1alpha1"), Objects::nonNull);
        JsonNode document = new ObjectMapper()
                .readTree(published)
                .at("/components/schemas/io.healthchecker.v1alpha1.HealthCheckService");
        List<String> silent = new ArrayList<>();
        int explained = silentFields("", document, silent);

        assertThat(silent).isEmpty();
        assertThat(explained).isGreaterThan(80);
        assertThat(KUBERNETES.kubectl().demand("explain", "hcs.spec.http.headers.valueFrom.secretKeyRef"))
                .contains("Key of a Secret in the same namespace.", "Name of the Secret, in the same namespace.");
    }

    /** Counts fields, and notes those of which kubectl explain would say nothing. */
    private static int silentFields(String path, JsonNode schema, List<String> silent) {
        int fields = 0;
        for (var property : schema.path("properties").properties()) {
            String field = path + "." + property.getKey();
            if (!field.equals(".metadata")) {
                fields += 1 + silentFields(field, property.getValue(), silent);
                if (property.getValue().path("description").asText("").isBlank()) {
                    silent.add(field);
                }
            }
        }
        JsonNode items = schema.path("items");
        return fields + (items.isMissingNode() ? 0 : silentFields(path + "[]", items, silent));
    }

    private GenericKubernetesResource create(String spec) {
        return client.resource(resource(spec))
                .inNamespace("default")
                .dryRun()
                .fieldValidation(Validation.STRICT)
                .create();
    }

    private static GenericKubernetesResource resource(String spec) {
        return Serialization.unmarshal("""
                apiVersion: healthchecker.io/v1alpha1
                kind: HealthCheckService
                metadata: {name: a}
                spec: %s
                """.formatted(spec), GenericKubernetesResource.class);
    }

    // what was found stands between the kind of fault and what to do: "Invalid value: \"a\": must be b"
    private static String withoutValue(String message) {
        return message.replaceAll(": Invalid value: (\"(?:[^\"\\\\]|\\\\.)*\"|[^:\" ]+): ", ": Invalid value: ");
    }

    private static String read(String table) {
        try (var in = ApiServerTest.class.getResourceAsStream(table)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
