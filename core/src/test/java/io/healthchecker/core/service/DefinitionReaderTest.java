package io.healthchecker.core.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DefinitionReaderTest {
    private static final String HEAD = "apiVersion: healthchecker.io/v1alpha1\nkind: HealthCheckService\n";
    private static final String WEB = HEAD + "metadata: {name: web}\nspec: {tcp: {host: x, port: 1}}\n";

    /** A file with everything that is wrong in it. */
    record Case(String title, String file, List<String> errors) {
        @Override
        public String toString() {
            return title;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyErrorIsToldWithItsPlace(Case bad) {
        DefinitionFile read = read(bad.file());

        assertThat(read.errors())
                .extracting(DefinitionError::toString)
                .containsExactlyElementsOf(
                        bad.errors().stream().map(error -> "web.yaml:" + error).toList());
    }

    static Stream<Case> cases() throws IOException {
        String text;
        try (InputStream in = DefinitionReaderTest.class.getResourceAsStream("bad-definitions.txt")) {
            text = new String(in.readAllBytes(), UTF_8);
        }
        return Arrays.stream(text.split("(?m)^## ")).skip(1).map(DefinitionReaderTest::parse);
    }

    private static Case parse(String section) {
        String[] lines = section.strip().split("\n");
        StringBuilder file = new StringBuilder();
        List<String> errors = new ArrayList<>();
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            if (line.startsWith("=> ")) {
                errors.add(line.substring(3));
            } else {
                file.append(line.equals("%HEAD") ? HEAD : line + "\n");
            }
        }
        return new Case(lines[0], file.toString(), errors);
    }

    @Test
    void documentsListsAndLabelsAreRead() {
        DefinitionFile read = read("%YAML 1.2\n---\n" + WEB + "...\n---\n# none\n---\n" + """
                apiVersion: healthchecker.io/v1alpha1
                kind: HealthCheckServiceList
                metadata: {resourceVersion: ""}
                items:
                  - apiVersion: healthchecker.io/v1alpha1
                    kind: HealthCheckService
                    metadata: {name: shop, namespace: any, labels: {tier: a, team: b}, annotations: {x: y}}
                    spec: {http: {url: http://x/, method: null}, labels: {tier: c}}
                """);

        assertThat(read.errors()).isEmpty();
        assertThat(read.definitions()).extracting(NamedDefinition::name).containsExactly("web", "shop");
        assertThat(read.definitions().getLast().definition().labels()).isEqualTo(Map.of("tier", "c", "team", "b"));
        assertThat(read.definitions().getLast().line()).isEqualTo(17);
    }

    @Test
    void anchorsAndMergesSpareRepetition() {
        DefinitionFile read = read(HEAD + """
                metadata: {name: web}
                spec:
                  http:
                    url: http://x/
                    headers:
                      - &pin {name: A, value: "1"}
                      - {<<: *pin, name: B}
                """);

        assertThat(read.errors()).isEmpty();
        var headers = read.definitions().getFirst().definition().http().headers();
        assertThat(headers.get(1).name()).isEqualTo("B");
        assertThat(headers.get(1).value()).isEqualTo("1");
    }

    @Test
    void goodDocumentsAreReadBesideBadOnes() {
        DefinitionFile read = read(WEB + "---\n" + HEAD + "metadata: {name: bad}\n---\nkind: {");

        assertThat(read.errors()).hasSize(2);
        assertThat(read.definitions()).extracting(NamedDefinition::name).containsExactly("web");
    }

    /** Readers take a file in pieces; a character of two UTF-16 units may stand across the end of any. */
    @Test
    void aCharacterBeyondTheBasicPlaneMayStandAnywhere() {
        for (int before = 900; before <= 1_100; before++) {
            String file = "# %s\uD83D\uDEA8\n%s".formatted("x".repeat(before), WEB);

            assertThat(read(file).errors()).as("after %d characters", before).isEmpty();
        }
    }

    @Test
    void lineEndsOfAnySystemCountAsLines() {
        DefinitionFile read = read("\uFEFF" + (WEB + "more: 1\n").replace("\n", "\r\n"));

        assertThat(read.errors())
                .hasSize(1)
                .first()
                .hasToString("web.yaml:5:1: more is not a field here; "
                        + "remove it, or use one of apiVersion, kind, metadata, spec");
    }

    @Test
    void whatIsNotUtf8IsRefusedWithItsPlace() {
        byte[] latin1 = (WEB + "# caf\u00e9").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

        assertThat(DefinitionReader.read("web.yaml", latin1).errors())
                .extracting(DefinitionError::toString)
                .containsExactly("web.yaml:5:6: the file is not UTF-8 from here on; save it as UTF-8");
        assertThat(DefinitionReader.read("web.yaml", WEB.getBytes(java.nio.charset.StandardCharsets.UTF_16))
                        .errors())
                .hasSize(1);
    }

    @Test
    void aControlCharacterIsRefusedWithItsPlace() {
        assertThat(read(WEB + "# \u0000").errors())
                .extracting(DefinitionError::toString)
                .containsExactly(
                        "web.yaml:5:3: the file contains the character U+0000; remove it, or write it as \"\\u0000\" in quotes");
    }

    @Test
    void aLargeFileIsRefused() {
        byte[] large = (WEB + "#".repeat(DefinitionReader.MAX_BYTES)).getBytes(UTF_8);

        assertThat(DefinitionReader.read("web.yaml", large).errors())
                .extracting(DefinitionError::message)
                .containsExactly("the file has more than 1048576 bytes; split it");
    }

    @Test
    void whatGrowsByItselfIsRefusedAtOnce() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            laughs.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(10)));
        }
        StringBuilder wide = new StringBuilder("""
                kind: List
                items:
                  - &a
                    kind: HealthCheckService
                    apiVersion: healthchecker.io/v1alpha1
                    metadata:
                      labels:
                """);
        for (int i = 0; i < 50_000; i++) {
            wide.append("        a").append(i).append(": b\n");
        }
        wide.append("  - *a\n".repeat(100));

        assertThat(read(laughs.toString()).errors().getFirst().message())
                .isEqualTo("a document has more than 100 aliases; write them out");
        assertThat(read("[".repeat(100_000)).errors().getFirst().message())
                .isEqualTo("more than 32 levels stand in each other; flatten them");
        assertThat(read("- a\n".repeat(250_001)).errors().getFirst().message())
                .isEqualTo("a document has more than 250000 values; split it");
        assertThat(read("---\na\n".repeat(10_001)).errors().getFirst().message())
                .isEqualTo("the file has 10001 documents; it must have at most 10000, split it");
        assertThat(read("a: &a\n  b: *a").errors()).isNotEmpty();
        assertThat(read(wide.toString()).errors()).hasSize(Findings.MAX + 1);
    }

    @Test
    void errorsWithoutEndAreCounted() {
        List<DefinitionError> errors = read("---\na: 1\n".repeat(200)).errors();

        assertThat(errors).hasSize(Findings.MAX + 1);
        assertThat(errors.getLast().message()).isEqualTo("300 more errors follow; mend these first");
    }

    private static DefinitionFile read(String text) {
        return DefinitionReader.read("web.yaml", text.getBytes(UTF_8));
    }
}
