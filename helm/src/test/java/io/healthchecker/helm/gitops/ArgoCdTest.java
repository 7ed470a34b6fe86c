package io.healthchecker.helm.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The Lua for Argo CD, executed. */
class ArgoCdTest {
    private static final Path DIRECTORY = Path.of("../examples/gitops/argocd");

    /** A resource of generation 2; conditions are written Type=Status. */
    @ParameterizedTest(name = "seen {0}, {1} is {2}, strictly {3}")
    @CsvSource(delimiter = '|', textBlock = """
            -1 | ''                                                | Progressing | Progressing
             1 | Ready=True Healthy=True                           | Progressing | Progressing
             2 | ''                                                | Progressing | Progressing
             2 | Ready=Unknown Healthy=Unknown                     | Progressing | Progressing
             2 | Ready=False Reconciling=True                      | Progressing | Progressing
             2 | Ready=True Healthy=Unknown                        | Healthy     | Healthy
             2 | Ready=True Healthy=True                           | Healthy     | Healthy
             2 | Ready=True Healthy=False                          | Healthy     | Degraded
             2 | Ready=True Healthy=Unknown Suspended=True         | Suspended   | Suspended
             2 | Ready=False                                       | Degraded    | Degraded
             2 | Ready=False Stalled=True                          | Degraded    | Degraded
             2 | Ready=True Healthy=True Stalled=True              | Degraded    | Degraded
            """)
    void healthIs(int seen, String conditions, String health, String strictly) throws Exception {
        Map<String, Object> resource = Resources.withStatus(seen, conditions);

        assertThat(health("health.lua", resource))
                .containsEntry("status", health)
                .containsKey("message");
        assertThat(health("health-strict.lua", resource)).containsEntry("status", strictly);
    }

    @Test
    void whatNobodyHasVisitedIsInProgress() throws Exception {
        assertThat(health("health.lua", Resources.unvisited())).containsEntry("status", "Progressing");
    }

    @Test
    void theMessageIsTheConditions() throws Exception {
        assertThat(health("health-strict.lua", Resources.withStatus(2, "Ready=True Healthy=False")))
                .containsEntry("message", "it says: Healthy=False");
    }

    @Test
    void actionsSuspendAndResumeAndAskForACheck() throws Exception {
        Map<String, Object> resource = Resources.unvisited();

        Map<String, Object> suspended = map(Lua.run(script("actions/suspend.lua"), resource));
        assertThat(map(suspended.get("spec"))).containsEntry("suspend", true);
        Map<String, Object> resumed = map(Lua.run(script("actions/resume.lua"), suspended));
        assertThat(map(resumed.get("spec"))).containsEntry("suspend", false).containsKey("http");
        Map<String, Object> asked = map(Lua.run(script("actions/check-now.lua"), resource));
        assertThat(map(map(asked.get("metadata")).get("annotations"))
                        .get("healthchecker.io/check-now")
                        .toString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

        assertThat(offered(resource)).containsExactlyInAnyOrder("suspend", "check-now");
        assertThat(offered(suspended)).containsExactly("resume");
    }

    /** Names of the actions that are not disabled. */
    private static List<String> offered(Map<String, Object> resource) throws Exception {
        return map(Lua.run(script("actions/discovery.lua"), resource)).entrySet().stream()
                .filter(action -> Boolean.FALSE.equals(map(action.getValue()).get("disabled")))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What an administrator pastes has these very scripts. */
    @Test
    void theConfigMapHasTheScripts() throws Exception {
        Map<String, Object> data = map(map(yaml(script("argocd-cm.yaml"))).get("data"));
        Map<String, Object> actions =
                map(yaml(data.get("resource.customizations.actions.healthchecker.io_HealthCheckService")
                        .toString()));

        assertThat(data.get("resource.customizations.health.healthchecker.io_HealthCheckService"))
                .isEqualTo(script("health.lua"));
        assertThat(actions.get("discovery.lua")).isEqualTo(script("actions/discovery.lua"));
        for (Object definition : (List<?>) actions.get("definitions")) {
            assertThat(map(definition).get("action.lua"))
                    .isEqualTo(script("actions/" + map(definition).get("name") + ".lua"));
        }
        assertThat((List<?>) actions.get("definitions")).hasSize(3);
    }

    private static Map<String, Object> health(String script, Map<String, Object> resource) throws Exception {
        return map(Lua.run(script(script), resource));
    }

    private static String script(String name) throws Exception {
        return Files.readString(DIRECTORY.resolve(name));
    }

    private static Object yaml(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
