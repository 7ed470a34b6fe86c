package io.healthchecker.core.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.HttpProbe;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionRulesTest {
    record Case(String json, List<String> violations) {
        @Override
        public String toString() {
            return json;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyViolationNamesItsFieldAndWhatToDo(Case bad) {
        assertThat(DefinitionRules.violations(DefinitionJson.read(bad.json()), Source.REST))
                .extracting(violation -> violation.field() + " | " + violation.message())
                .containsExactlyElementsOf(bad.violations());
    }

    static Stream<Case> cases() throws IOException {
        String text;
        try (var in = DefinitionRulesTest.class.getResourceAsStream("definition-rules.txt")) {
            text = new String(in.readAllBytes(), UTF_8);
        }
        return Arrays.stream(text.split("\n\n+"))
                .filter(part -> part.startsWith("{"))
                .map(part -> {
                    List<String> lines = part.lines().toList();
                    return new Case(
                            lines.getFirst(),
                            lines.stream()
                                    .skip(1)
                                    .map(line -> line.substring(3))
                                    .toList());
                });
    }

    @Test
    void everyBoundOfTheRecordsIsInTheTableOrAmongTheLongTexts() throws IOException {
        Set<String> covered = cases().flatMap(c -> c.violations().stream())
                .map(line -> line.substring(0, line.indexOf(" | ")).replaceAll("\\[\\d+]", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        tooLong().forEach((field, _) -> covered.add(field));

        assertThat(covered).containsAll(bounded("", Definition.class, new HashSet<>()));
    }

    /** Paths of all fields with a bound; of a record that stands in several places, those of the first. */
    private static List<String> bounded(String path, Class<?> type, Set<Class<?>> seen) {
        List<String> fields = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            String name = path + field.getName();
            if (Stream.of(Min.class, Max.class, Size.class, Pattern.class, Required.class)
                    .anyMatch(field::isAnnotationPresent)) {
                fields.add(name);
            }
            Class<?> nested = field.getGenericType() instanceof ParameterizedType of
                    ? (Class<?>) of.getActualTypeArguments()[0]
                    : field.getType();
            if (nested.isRecord() && seen.add(nested)) {
                fields.addAll(bounded(name + ".", nested, seen));
            }
        }
        return fields;
    }

    @Test
    void textsAndListsHaveALargestSize() {
        tooLong()
                .forEach((field, definition) -> assertThat(DefinitionRules.violations(definition, Source.REST))
                        .as(field)
                        .anySatisfy(violation -> {
                            assertThat(violation.field().replaceAll("\\[\\d+]", ""))
                                    .isEqualTo(field);
                            assertThat(violation.message())
                                    .matches(".* has \\d+ (characters|entries); it must have \\d+ to \\d+");
                        }));
    }

    private static Definition asserting(String assertions) {
        return DefinitionJson.read("{\"tcp\":{\"host\":\"x\",\"port\":1},\"assertions\":[" + assertions + "]}");
    }

    private static Map<String, Definition> tooLong() {
        Map<String, Definition> definitions = new HashMap<>();
        definitions.put("http.url", http("\"url\":\"http://x/" + "a".repeat(2_048) + "\""));
        definitions.put("http.body", http("\"method\":\"POST\",\"body\":\"" + "a".repeat(65_537) + "\""));
        definitions.put("http.bodyContains", http("\"bodyContains\":\"" + "a".repeat(4_097) + "\""));
        definitions.put("http.bodyMatches", http("\"bodyMatches\":\"" + "a".repeat(1_025) + "\""));
        definitions.put("http.headers", http("\"headers\":[" + repeat("{\"name\":\"a\",\"value\":\"b\"}", 33) + "]"));
        definitions.put(
                "http.headers.value", http("\"headers\":[{\"name\":\"a\",\"value\":\"" + "a".repeat(8_193) + "\"}]"));
        definitions.put("http.expectedStatus", http("\"expectedStatus\":[" + repeat("\"200\"", 33) + "]"));
        definitions.put("http.expectedHeaders", http("\"expectedHeaders\":[" + repeat("{\"name\":\"a\"}", 33) + "]"));
        definitions.put(
                "http.expectedHeaders.contains",
                http("\"expectedHeaders\":[{\"name\":\"a\",\"contains\":\"" + "a".repeat(1_025) + "\"}]"));
        String text = "\"" + "a".repeat(16_385) + "\"";
        definitions.put("http.serverName", https("\"serverName\":" + text));
        definitions.put(
                "http.certificateAuthorities.value", https("\"certificateAuthorities\":{\"value\":" + text + "}"));
        definitions.put(
                "http.authentication.basic.username",
                https("\"authentication\":{\"basic\":{\"username\":" + text + "}}"));
        for (String field : List.of("tokenUrl", "clientId", "audience")) {
            definitions.put(
                    "http.authentication.oauth2." + field,
                    https("\"authentication\":{\"oauth2\":{\"%s\":%s}}".formatted(field, text)));
        }
        definitions.put(
                "http.authentication.oauth2.scopes",
                https("\"authentication\":{\"oauth2\":{\"scopes\":[" + repeat("\"a\"", 17) + "]}}"));
        definitions.put("http.proxy.host", https("\"proxy\":{\"host\":" + text + "}"));
        definitions.put("http.capture", https("\"capture\":[" + repeat("{}", 9) + "]"));
        for (String field : List.of("name", "jsonPath", "header", "bodyMatches")) {
            definitions.put("http.capture." + field, https("\"capture\":[{\"%s\":%s}]".formatted(field, text)));
        }
        definitions.put("http.steps", https("\"steps\":[" + repeat("{}", 9) + "]"));
        for (String field : List.of("name", "url", "body", "bodyContains", "bodyMatches")) {
            definitions.put("http.steps." + field, https("\"steps\":[{\"%s\":%s}]".formatted(field, text)));
        }
        Map.of(
                        "headers",
                        "{}",
                        "expectedStatus",
                        "\"200\"",
                        "expectedHeaders",
                        "{}",
                        "capture",
                        "{}",
                        "assertions",
                        "{}")
                .forEach((field, entry) -> definitions.put(
                        "http.steps." + field, https("\"steps\":[{\"%s\":[%s]}]".formatted(field, repeat(entry, 17)))));
        for (String field : List.of("expression", "message")) {
            definitions.put(
                    "http.steps.assertions." + field,
                    https("\"steps\":[{\"assertions\":[{\"%s\":%s}]}]".formatted(field, text)));
        }
        definitions.put("tcp.host", tcp("\"host\":\"" + "a.".repeat(127) + "\""));
        definitions.put("tcp.serverName", tcp("\"tls\":true,\"serverName\":\"" + "a.".repeat(127) + "\""));
        definitions.put("assertions", asserting(repeat("{\"expression\":\"ip != ''\"}", 17)));
        definitions.put("assertions.expression", asserting("{\"expression\":\"" + "a".repeat(1_025) + "\"}"));
        definitions.put(
                "degradedWhen",
                DefinitionJson.read(
                        "{\"tcp\":{\"host\":\"x\",\"port\":1},\"degradedWhen\":[" + repeat("\"ip != ''\"", 17) + "]}"));
        String header = "{\"name\":\"a\",\"value\":\"b\"}";
        definitions.put("grpc.host", grpc("\"host\":\"" + "a.".repeat(127) + "\""));
        definitions.put("grpc.service", grpc("\"service\":\"" + "a".repeat(254) + "\""));
        definitions.put("grpc.metadata", grpc("\"metadata\":[" + repeat(header, 33) + "]"));
        definitions.put("grpc.serverName", grpc("\"tls\":true,\"serverName\":\"" + "a.".repeat(127) + "\""));
        definitions.put("websocket.url", websocket("\"url\":\"ws://x/" + "a".repeat(2_048) + "\""));
        definitions.put("websocket.serverName", websocket("\"serverName\":\"" + "a.".repeat(127) + "\""));
        definitions.put("websocket.headers", websocket("\"headers\":[" + repeat(header, 33) + "]"));
        definitions.put("websocket.subprotocol", websocket("\"subprotocol\":\"" + "a".repeat(129) + "\""));
        definitions.put("websocket.message", websocket("\"message\":\"" + "a".repeat(65_537) + "\""));
        definitions.put("websocket.messageContains", websocket("\"messageContains\":\"" + "a".repeat(4_097) + "\""));
        definitions.put("websocket.messageMatches", websocket("\"messageMatches\":\"" + "a".repeat(1_025) + "\""));
        String labels = IntStream.range(0, 33)
                .mapToObj(i -> "\"a%d\":\"b\"".formatted(i))
                .collect(Collectors.joining(","));
        definitions.put(
                "labels", DefinitionJson.read("{\"tcp\":{\"host\":\"x\",\"port\":1},\"labels\":{" + labels + "}}"));
        return definitions;
    }

    private static String repeat(String entry, int times) {
        return String.join(",", java.util.Collections.nCopies(times, entry));
    }

    private static Definition http(String fields) {
        String url = fields.contains("\"url\"") ? "" : "\"url\":\"http://x/\",";
        return DefinitionJson.read("{\"http\":{" + url + fields + "}}");
    }

    private static Definition https(String fields) {
        return DefinitionJson.read("{\"http\":{\"url\":\"https://x/\"," + fields + "}}");
    }

    private static Definition tcp(String fields) {
        String host = fields.contains("\"host\"") ? "" : "\"host\":\"x\",";
        return DefinitionJson.read("{\"tcp\":{\"port\":1," + host + fields + "}}");
    }

    private static Definition grpc(String fields) {
        String host = fields.contains("\"host\"") ? "" : "\"host\":\"x\",";
        return DefinitionJson.read("{\"grpc\":{\"port\":1," + host + fields + "}}");
    }

    private static Definition websocket(String fields) {
        String url = fields.contains("\"url\"") ? "" : "\"url\":\"ws://x/\",";
        return DefinitionJson.read("{\"websocket\":{" + url + fields + "}}");
    }

    @Test
    void anUnpairedSurrogateIsRefusedSinceItCannotBeStored() {
        HttpProbe probe = http("\"bodyContains\":\"a\\ud800\"").http();

        assertThat(DefinitionRules.violations(http("\"bodyContains\":\"a\\ud800\""), Source.REST))
                .as(probe.toString())
                .extracting(Violation::message)
                .containsExactly("http.bodyContains contains half of a surrogate pair; remove it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"http\":{\"url\":\"https://x/\",\"certificateExpiresInDays\":30}}",
                "{\"http\":{\"url\":\"http://x/\",\"expectedStatus\":[\"200-200\",\"404\"],\"maxRedirects\":0}}",
                "{\"http\":{\"url\":\"http://x/\",\"bodyContains\":\"\\u0001\uD83D\uDE00\"}}",
                "{\"http\":{\"url\":\"http://x/\",\"method\":\"TRACE\",\"proxy\":{\"host\":\"y\",\"port\":1,\"basic\":{\"username\":\"a\",\"password\":{\"value\":\"b\"}}}}}",
                "{\"http\":{\"url\":\"https://x/\",\"authentication\":{\"oauth2\":{\"tokenUrl\":\"http://y/\",\"clientId\":\"a\",\"clientSecret\":{\"value\":\"b\"}}}}}",
                "{\"http\":{\"url\":\"https://x/\",\"capture\":[{\"name\":\"a\",\"jsonPath\":\"$\"}],\"steps\":[{\"name\":\"1\",\"url\":\"${a}\",\"headers\":[{\"name\":\"b\",\"value\":\"${a}{\"}]}]}}",
                "{\"grpc\":{\"host\":\"x\",\"port\":1,\"service\":\"\",\"metadata\":[{\"name\":\"authorization\",\"value\":\"a\"}]}}",
                "{\"grpc\":{\"host\":\"::1\",\"port\":1,\"tls\":true,\"serverName\":\"x\",\"certificateExpiresInDays\":1}}",
                "{\"websocket\":{\"url\":\"WSS://MÜNCHEN.test/?a#b\",\"certificateExpiresInDays\":1}}",
                "{\"websocket\":{\"url\":\"ws://[::1]:81\",\"message\":\"a\",\"messageMatches\":\"^b$\",\"subprotocol\":\"c.1\"}}",
                "{\"tcp\":{\"host\":\"[::1]\",\"port\":65535},\"periodSeconds\":86400,\"timeoutSeconds\":60}",
                "{\"tcp\":{\"host\":\"MÜNCHEN.test\",\"port\":1,\"tls\":true,\"serverName\":\"a.test.\"}}",
                "{\"tcp\":{\"host\":\"x\",\"port\":1},\"periodSeconds\":1,\"degradedAfterMillis\":799}",
                "{\"tcp\":{\"host\":\"x\",\"port\":1},\"labels\":{\"example.com/a_B.1\":\"\",\"x\":\"1.2-3_4\"}}"
            })
    void whatIsRightPasses(String json) {
        assertThat(DefinitionRules.violations(DefinitionJson.read(json), Source.REST))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", quoteCharacter = '`', textBlock = """
            {"name":"a","value":"b"}                                             | null
            {"name":"a","valueFrom":{"secretKeyRef":{"name":"b","key":"c.d"}}}   | null
            {"name":"a"}                                                         | http.headers[0] has neither value nor valueFrom; set exactly one of value and valueFrom
            {"name":"a","value":"","valueFrom":{"secretKeyRef":{"name":"b","key":"c"}}} | http.headers[0] has both value and valueFrom; set exactly one of value and valueFrom
            """)
    void inKubernetesAHeaderHasAValueOrASecret(String header, String message) {
        assertThat(DefinitionRules.violations(http("\"headers\":[%s]".formatted(header)), Source.KUBERNETES))
                .extracting(Violation::message)
                .isEqualTo(message == null ? List.of() : List.of(message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            null       | name is missing; it is required
            ''         | name is blank; it needs at least one visible character
            ' \t'      | name is blank; it needs at least one visible character
            'a\tb'     | name contains a control character; remove it
            '\u200b\u00a0' | name is blank; it needs at least one visible character
            """)
    void aNameIsVisible(String name, String message) {
        assertThat(DefinitionRules.nameViolations(name)).containsExactly(new Violation("name", message));
    }

    @Test
    void aNameHasUpTo200Characters() {
        assertThat(DefinitionRules.nameViolations("\uD83D\uDE00".repeat(200))).isEmpty();
        assertThat(DefinitionRules.nameViolations("a".repeat(201)))
                .containsExactly(new Violation("name", "name has 201 characters; it must have 1 to 200"));
        assertThat(DefinitionRules.nameViolations("a\ud800"))
                .containsExactly(new Violation("name", "name contains half of a surrogate pair; remove it"));
        assertThat(DefinitionRules.nameViolations("</text></script><script>alert(1)</script>&\"\uD83D\uDE00"))
                .isEmpty();
    }
}
