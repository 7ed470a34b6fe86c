package io.healthchecker.e2e.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What Compose reads, said without Compose, since not every machine that builds has one: words that docker-compose 1.29
 * and Compose 2 both know, and what the inherited walk-through relies on.
 */
class ComposeFileTest {
    private static final Set<String> OF_A_FILE = Set.of("services", "volumes");
    private static final Set<String> OF_A_SERVICE = Set.of(
            "build",
            "cap_drop",
            "command",
            "depends_on",
            "environment",
            "healthcheck",
            "image",
            "ports",
            "profiles",
            "read_only",
            "restart",
            "security_opt",
            "stop_grace_period",
            "tmpfs",
            "volumes");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(:-[^}]*)?}");

    private final Path checkout = checkout();
    private final Map<String, Object> file = yaml(checkout.resolve("compose.yaml"));
    private final Map<String, Object> services = map(file.get("services"));

    @Test
    void saysOnlyWhatEveryComposeKnows() {
        // a top-level name is refused by docker-compose 1.29
        assertThat(file.keySet()).isSubsetOf(OF_A_FILE);
        assertThat(services.values())
                .allSatisfy(service -> assertThat(map(service).keySet()).isSubsetOf(OF_A_SERVICE));
    }

    @Test
    void everythingStartsByDefaultAndTheDependenciesByThemselves() {
        assertThat(services.keySet()).containsExactlyInAnyOrder("postgres", "redis", "health-checker", "dependencies");
        assertThat(services)
                .allSatisfy((name, service) -> assertThat(map(service).containsKey("profiles"))
                        .as(name)
                        .isEqualTo(name.equals("dependencies")));
        assertThat(map(map(services.get("dependencies")).get("depends_on"))).containsOnlyKeys("postgres", "redis");
    }

    @ParameterizedTest
    @ValueSource(strings = {"health-checker", "dependencies"})
    void isStartedWhenWhatItNeedsAnswers(String name) {
        map(map(services.get(name)).get("depends_on")).forEach((needed, how) -> {
            assertThat(map(how)).containsEntry("condition", "service_healthy");
            assertThat(map(services.get(needed))).containsKey("healthcheck");
        });
    }

    @Test
    void volumesAreDeclared() {
        services.values().stream()
                .map(ComposeFileTest::map)
                .flatMap(service -> list(service.get("volumes")).stream())
                .forEach(volume -> assertThat(map(file.get("volumes")))
                        .containsKey(volume.toString().split(":", 2)[0]));
    }

    @Test
    void healthCheckerWritesNowhereAndMayNothing() {
        assertThat(map(services.get("health-checker")))
                .containsEntry("read_only", true)
                .containsEntry("tmpfs", List.of("/tmp:exec"))
                .containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("security_opt", List.of("no-new-privileges:true"));
    }

    /** Without a .env everything must start; with one, each variable must be explained where people look for it. */
    @Test
    void everyVariableHasADefaultAndStandsInTheExample() throws IOException {
        Set<String> explained = Files.readAllLines(checkout.resolve(".env.example")).stream()
                .map(line -> line.replaceFirst("^# (?=[A-Z_]+=)", ""))
                .filter(line -> line.matches("[A-Z_]+=.*"))
                .map(line -> line.substring(0, line.indexOf('=')))
                .collect(Collectors.toSet());

        assertThat(explained).contains("ENV", "PORT", "DATABASE_URL", "REDIS_URL", "JWT_SECRET");
        VARIABLE.matcher(Files.readString(checkout.resolve("compose.yaml")))
                .results()
                .forEach(variable -> {
                    assertThat(variable.group(2)).as(variable.group()).isNotNull();
                    if (!variable.group(1).equals("HEALTH_CHECKER_IMAGE")) {
                        assertThat(explained).contains(variable.group(1));
                    }
                });
    }

    /** Otherwise the JVM leaves the cache aside, without a word. */
    @Test
    void theImageIsTrainedUnderTheOptionsThatItRunsWith() throws IOException {
        List<String> commands = Files.readAllLines(checkout.resolve("Dockerfile")).stream()
                .filter(line -> line.contains("[\"java\""))
                .toList();

        assertThat(commands)
                .hasSize(3)
                .allSatisfy(command -> assertThat(command)
                        .contains("\"java\", \"@/app/jvm.options\"")
                        .contains("\"-cp\", \"/app/health-checker.jar\", \"io.healthchecker.standalone.command.Hc\""));
        assertThat(Files.readString(checkout.resolve("standalone/src/main/image/jvm.options")))
                .contains("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC")
                .as("the objects of the cache fit into the first heap, also in a small container")
                .contains("-Xms64m");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) Objects.requireNonNull(node);
    }

    private static List<?> list(Object node) {
        return node == null ? List.of() : (List<?>) node;
    }

    private static Map<String, Object> yaml(Path file) {
        try {
            return map(
                    new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build())
                            .loadFromString(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path checkout() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("hc")) ? here : Objects.requireNonNull(here.getParent());
    }
}
