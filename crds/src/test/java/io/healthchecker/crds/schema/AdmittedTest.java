package io.healthchecker.crds.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.healthchecker.crds.HealthCheckService;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the schema admits is read, and written as it was, with fields and words that only a newer schema knows: one
 * resource that cannot be read would stop the operator for all. A failure names its seed.
 */
class AdmittedTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path directory;

    private final KubernetesSerialization kubernetes = new KubernetesSerialization();
    private final long seed = new Random().nextLong();

    @RepeatedTest(500)
    void whatTheSchemaAdmitsIsReadAndWrittenAsItWas() throws JsonProcessingException {
        RandomResource random = new RandomResource(seed);
        ObjectNode resource = (ObjectNode) random.of(Schema.ROOT);
        resource.put("apiVersion", "healthchecker.io/v1alpha1")
                .put("kind", "HealthCheckService")
                .putObject("metadata")
                .put("name", "checkout")
                .put("namespace", "shop");
        JsonNode expected = JSON.readTree(JSON.writeValueAsString(resource));
        random.addWhatIsUnknown();

        HealthCheckService read = kubernetes.unmarshal(JSON.writeValueAsString(resource), HealthCheckService.class);
        JsonNode written = JSON.readTree(kubernetes.asJson(read));

        String as = "seed %d: %s".formatted(seed, resource);
        assertThat(written.get("spec")).as(as).isEqualTo(expected.get("spec"));
        assertThat(written.get("status")).as(as).isEqualTo(expected.get("status"));
        assertThat(kubernetes
                        .unmarshal(kubernetes.asJson(read), HealthCheckService.class)
                        .getSpec())
                .as(as)
                .isEqualTo(read.getSpec());
    }

    private static final class Schema {
        static final JSONSchemaProps ROOT = GeneratedCrd.model(directory)
                .getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema();
    }
}
