package io.healthchecker.operator.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.service.DefinitionFile;
import io.healthchecker.core.service.DefinitionReader;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.PlannedProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file that we show to others works. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    private static final Set<String> PLANNED = Stream.of(Definition.class.getRecordComponents())
            .filter(component -> PlannedProbe.class.isAssignableFrom(component.getType()))
            .map(component -> component.getName() + ".yaml")
            .collect(Collectors.toSet());

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleBecomesItsServicesUnlessItsKindIsOnlyPlanned(Path example, @TempDir Path directory)
            throws IOException {
        DefinitionFile read = DefinitionReader.read(example.toString(), Files.readAllBytes(example));
        if (PLANNED.contains(example.getFileName().toString())) {
            assertThat(read.errors()).singleElement().asString().contains("is not supported by this version yet");
            return;
        }
        assertThat(read.errors()).isEmpty();
        assertThat(read.definitions()).isNotEmpty();

        Files.copy(example, directory.resolve("example.yaml"));
        try (var checks = new Checks(directory)) {
            checks.look();
            assertThat(checks.errors()).isEmpty();
            assertThat(checks.services()).hasSameSizeAs(read.definitions());
        }
    }

    static Stream<Path> examples() throws IOException {
        return Stream.of("files", "probes").flatMap(folder -> {
            try (var files = Files.list(EXAMPLES.resolve(folder))) {
                return files.sorted().toList().stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
