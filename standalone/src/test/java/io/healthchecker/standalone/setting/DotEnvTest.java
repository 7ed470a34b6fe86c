package io.healthchecker.standalone.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.standalone.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotEnvTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            PORT=:8080                 ~ :8080
            export PORT=8080           ~ 8080
            PORT = 8080                ~ 8080
            PORT=8080 # the usual      ~ 8080
            PORT=a#b                   ~ a#b
            PORT="a b # c"             ~ a b # c
            PORT="a\\"b\\\\c"          ~ a"b\\c
            PORT='a "b" $c \\n'        ~ a "b" $c \\n
            PORT='x' # single          ~ x
            PORT=a=b=c                 ~ a=b=c
            PORT=$HOME                 ~ $HOME
            PORT=                      ~ ``
            """)
    void readsWhatOthersReadFromTheSameLine(String line, String value) {
        assertThat(DotEnv.parse(List.of(line), ".env")).containsExactly(Map.entry("PORT", value));
    }

    @Test
    void passesOverBlankLinesAndComments() {
        assertThat(DotEnv.parse(List.of("\uFEFF# first", "", "  ", "  # indented", "A=1"), ".env"))
                .containsExactly(Map.entry("A", "1"));
    }

    @Test
    void namesTheLineThatItCannotReadButNotItsText() {
        assertThatThrownBy(() -> DotEnv.parse(List.of("A=1", "hunter2"), "/x/.env"))
                .isInstanceOf(StartFailure.class)
                .hasMessage("/x/.env line 2 is not of the form NAME=value");
    }

    @Test
    void theRealEnvironmentWinsOverTheFile(@TempDir Path home) throws IOException {
        Files.writeString(home.resolve(".env"), "ENV=production\nPORT=1\n");

        var variables = Variables.read(home, Map.of("PORT", "2"));

        assertThat(variables.get("ENV")).contains("production");
        assertThat(variables.get("PORT")).contains("2");
    }

    @Test
    void isNotMissedWhereItIsMissing(@TempDir Path home) {
        assertThat(Variables.read(home, Map.of()).values()).isEmpty();
    }
}
