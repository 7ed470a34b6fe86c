package io.healthchecker.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.problem.FieldError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccentTest {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
        ON_LIGHT | #1557b0 | -
        ON_LIGHT | #7A1F5C | -
        ON_DARK  | #8ab4ff | -
        ON_LIGHT | #FFCC00 | accent is #ffcc00; its contrast on the light ground of the page is 1.41:1 and must be 4.5:1: make it darker
        ON_LIGHT | #757575 | accent is #757575; its contrast on the light ground of the page is 4.29:1 and must be 4.5:1: make it darker
        ON_DARK  | #14181d | accentDark is #14181d; its contrast on the dark ground of the page is 1.03:1 and must be 4.5:1: make it lighter
        ON_LIGHT | red     | accent is "red"; it must be like #1557b0
        ON_LIGHT | #12345; | accent is "#12345;"; it must be like #1557b0
        """)
    void anAccentCanBeReadOrIsRefused(Accent accent, String colour, String said) {
        assertThat(accent.error(colour).map(FieldError::message).orElse(null)).isEqualTo(said);
    }
}
