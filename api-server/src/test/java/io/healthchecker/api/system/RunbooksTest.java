package io.healthchecker.api.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever sees a figure finds what to do about it, also where the documentation cannot be reached. */
class RunbooksTest {
    private static final Path PAGE = Path.of("../docs/operations/system.md");
    private static final Path SERVED = Path.of("src/main/resources/io/healthchecker/api/ui/runbooks.md");
    private static final Pattern SECTION = Pattern.compile(
            "^## (.+)\n\n\\*\\*Says\\*\\* [^#]+^\\*\\*Normal\\*\\* [^#]+^\\*\\*Do\\*\\*\n- ", Pattern.MULTILINE);

    @Test
    void eachFigureHasASectionThatSaysWhatItIsWhatIsNormalAndWhatToDo() throws IOException {
        List<String> sections = SECTION.matcher(Files.readString(PAGE))
                .results()
                .map(section -> section.group(1).toLowerCase(Locale.ROOT))
                .toList();

        assertThat(sections)
                .containsExactlyElementsOf(
                        Stream.concat(Arrays.stream(Measure.values()).map(Measure::word), Stream.of("clusters"))
                                .toList());
    }

    @Test
    void theDashboardServesWhatTheDocumentationSays() throws IOException {
        assertThat(Files.readString(SERVED))
                .as("mend it by: cp docs/operations/system.md api-server/%s", SERVED)
                .isEqualTo(Files.readString(PAGE));
    }
}
