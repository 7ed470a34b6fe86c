package io.healthchecker.operator.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.Source;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.TcpProbe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {
    /** A service is written {@code file:name=port}, in team 1, or {@code team/file:name=port}. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            nothing to do                          | a:x=1       | a:x=1         | - | -
            a new one                              | -           | a:x=1         | - | create a:x=1
            another definition                     | a:x=1       | a:x=2         | - | change a:x=2
            gone                                   | a:x=1 a:y=1 | a:y=1         | - | remove a:x
            gone, but its file cannot be read      | a:x=1 b:y=1 | -             | a | remove b:y
            moved to another file                  | a:x=1       | b:x=1         | - | move b:x=1
            moved, though its old file is unclear  | a:x=1       | b:x=1         | a | move b:x=1
            copied to another file                 | a:x=1       | b:x=1 a:x=1   | - | refuse b
            a name twice, neither stored           | -           | a:x=1 b:x=2   | - | create a:x=1, refuse b
            two files swap their services          | a:x=1 b:y=1 | a:y=1 b:x=1   | - | move a:y=1, move b:x=1
            another team                           | a:x=1       | 2/a:x=1       | - | remove a:x, create 2/a:x=1
            the same name in two teams             | a:x=1       | a:x=1 2/b:x=1 | - | create 2/b:x=1
            renamed by its owner                   | a:x=1       | a:y=1         | - | remove a:x, create a:y=1
            """)
    void theDifferenceIsWhatHasToHappen(String title, String stored, String wanted, String unclear, String expected) {
        Difference difference = Difference.between(
                words(stored).stream().map(DifferenceTest::stored).toList(),
                words(wanted).stream().map(DifferenceTest::wanted).toList(),
                service -> unclear != null && service.owner().startsWith(unclear + ":"));

        assertThat(String.join(", ", told(difference))).isEqualTo(expected == null ? "" : expected);
    }

    private static List<String> told(Difference difference) {
        List<String> told = new ArrayList<>();
        difference.removed().forEach(service -> told.add("remove " + service.owner()));
        difference
                .changed()
                .forEach(change -> told.add((change.moves() ? "move " : "change ") + word(change.wanted())));
        difference.created().forEach(one -> told.add("create " + word(one)));
        difference.refused().forEach(refused -> {
            assertThat(refused.message()).isEqualTo("name \"x\" is taken by a:x; choose another one");
            told.add("refuse " + refused.owner().substring(0, 1));
        });
        return told;
    }

    private static String word(Wanted wanted) {
        return (wanted.teamId() == 1 ? "" : wanted.teamId() + "/")
                + wanted.owner()
                + "="
                + wanted.definition().tcp().port();
    }

    private static Wanted wanted(String word) {
        int team = word.startsWith("2/") ? 2 : 1;
        String[] parts = word.replaceFirst("^2/", "").split("[:=]");
        return new Wanted(team, parts[0] + ":" + parts[1], parts[1], definition(Integer.parseInt(parts[2])));
    }

    private static Service stored(String word) {
        Wanted it = wanted(word);
        return new Service(
                word.hashCode(),
                it.teamId(),
                it.name(),
                Source.FILE,
                it.owner(),
                it.definition(),
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                null);
    }

    private static Definition definition(int port) {
        return Definition.of(TcpProbe.of("x", port));
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : Arrays.asList(text.split(" "));
    }
}
