package io.healthchecker.api.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CommentsTest {
    private static final String SCRIPT = """
            /** What it is. */
            export const a = 'http://b'; // stays: it has no line of its own

            /**
             * Several lines.
             * @param {string} c
             */
            function d(c) {
              // why
              return c / 2; /* stays */
            }
            """;

    @Test
    void thoseWithLinesOfTheirOwnAreTakenOutAndTheLinesStay() {
        assertThat(without("js/a.js", SCRIPT)).isEqualTo("""

                export const a = 'http://b'; // stays: it has no line of its own





                function d(c) {

                  return c / 2; /* stays */
                }
                """);
    }

    @Test
    void codeBesideACommentStays() {
        String script = "/* a */ let b = 1;\nlet c = 2;\n/** d ** e */\nlet f = 3;\n";
        assertThat(without("js/a.js", script)).isEqualTo("/* a */ let b = 1;\nlet c = 2;\n\nlet f = 3;\n");
    }

    @Test
    void stylesAreScriptsInThis() {
        assertThat(without("css/a.css", "/* why */\na { color: red; }\n")).isEqualTo("\na { color: red; }\n");
    }

    @Test
    void whatOthersWroteAndWhatIsNoProgramStays() {
        assertThat(without("js/vendor/a.js", SCRIPT)).isEqualTo(SCRIPT);
        assertThat(without("i18n/en.json", "// no comment\n")).isEqualTo("// no comment\n");
    }

    private static String without(String path, String content) {
        return new String(Comments.without(path, content.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
