package io.healthchecker.helm.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The documents for Flux. Its own definitions are not here: the shapes are checked, and the expressions are evaluated as
 * Flux does, {@code failed} first.
 */
class FluxTest {
    private static final Path DIRECTORY = Path.of("../examples/gitops/flux");

    private final Cel cel = CelFactory.legacyCelBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("metadata", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .addVar("status", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .build();

    @ParameterizedTest(name = "seen {0}, {1} is {2}, at the gate {3}")
    @CsvSource(delimiter = '|', textBlock = """
             1 | Ready=True Healthy=True                   | waits   | waits
             2 | Ready=Unknown Healthy=Unknown             | waits   | waits
             2 | Ready=True Healthy=Unknown                | current | waits
             2 | Ready=True Healthy=True                   | current | current
             2 | Ready=True Healthy=False                  | current | waits
             2 | Ready=False Reconciling=True              | waits   | waits
             2 | Ready=False Stalled=True                  | failed  | failed
            """)
    void theExpressionsSay(int seen, String conditions, String services, String gate) throws Exception {
        Map<String, Object> resource = Resources.withStatus(seen, conditions);

        assertThat(verdicts("services.yaml", resource)).containsExactly(services);
        assertThat(verdicts("gate.yaml", resource)).containsExactly(gate, gate);
    }

    private List<String> verdicts(String file, Map<String, Object> resource) throws Exception {
        List<String> verdicts = new ArrayList<>();
        for (Map<String, Object> document : documents(file)) {
            for (Object expressions : (List<?>) map(document.get("spec")).get("healthCheckExprs")) {
                assertThat(map(expressions)).containsEntry("kind", "HealthCheckService");
                verdicts.add(
                        holds(map(expressions).get("failed"), resource)
                                ? "failed"
                                : holds(map(expressions).get("current"), resource) ? "current" : "waits");
            }
        }
        return verdicts;
    }

    private boolean holds(Object expression, Map<String, Object> resource) throws Exception {
        var variables = Map.of("metadata", longs(resource.get("metadata")), "status", longs(resource.get("status")));
        return (Boolean)
                cel.createProgram(cel.compile(expression.toString()).getAst()).eval(variables);
    }

    /** CEL knows integers of 64 bits only. */
    private static Object longs(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<Object, Object> longs = new HashMap<>();
                map.forEach((name, part) -> longs.put(name, longs(part)));
                yield longs;
            }
            case List<?> list -> list.stream().map(FluxTest::longs).toList();
            case Integer number -> number.longValue();
            default -> value;
        };
    }

    @Test
    void theReleaseIsOfTheChartAndLeavesItsDefinitionToIt() throws Exception {
        Map<String, Object> release = documents("health-checker.yaml").getLast();
        Map<String, Object> spec = map(release.get("spec"));

        assertThat(release)
                .containsEntry("apiVersion", "helm.toolkit.fluxcd.io/v2")
                .containsEntry("kind", "HelmRelease");
        assertThat(Path.of(
                        "..",
                        map(map(spec.get("chart")).get("spec")).get("chart").toString(),
                        "Chart.yaml"))
                .exists();
        assertThat(map(spec.get("values"))).containsKey("existingSecret");
        assertThat(spec).doesNotContainKey("waitStrategy");
        assertThat(map(spec.get("install"))).doesNotContainKey("crds");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> documents(String file) throws Exception {
        List<Map<String, Object>> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(Files.readString(DIRECTORY.resolve(file)))
                .forEach(document -> documents.add((Map<String, Object>) document));
        return documents;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
