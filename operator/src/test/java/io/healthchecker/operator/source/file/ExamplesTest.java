package io.healthchecker.operator.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.service.DefinitionFile;
import io.healthchecker.core.service.DefinitionReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file that we show to others works. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleBecomesItsServices(Path example, @TempDir Path directory) throws IOException {
        DefinitionFile read = DefinitionReader.read(example.toString(), Files.readAllBytes(example));
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
